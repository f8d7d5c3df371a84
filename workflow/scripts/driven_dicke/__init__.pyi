from driven_dicke.api import Evolution as Evolution
from driven_dicke.api import MeanField as MeanField
from driven_dicke.api import Model as Model
from driven_dicke.api import Modes as Modes
from driven_dicke.api import State as State
from driven_dicke.api import Trajectory as Trajectory
from driven_dicke.api import TwoPhases as TwoPhases
from driven_dicke.api import evolve as evolve
from driven_dicke.api import mean_field_branches as mean_field_branches
from driven_dicke.api import phases as phases
from driven_dicke.api import slow_modes as slow_modes
from driven_dicke.api import steady_state as steady_state
from driven_dicke.api import trajectory as trajectory

__version__: str
