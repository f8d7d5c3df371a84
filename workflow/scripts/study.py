"""Run one study: parameters and tables in, tables out."""

from driven_dicke.pipeline import command_line

if __name__ == "__main__":
    command_line.run_study()
