"""What is read back from drawn axes."""


def line(axes, label):
    (found,) = [line for line in axes.lines if line.get_label() == label]
    return found


def texts(axes):
    legend = axes.get_legend()
    return [text.get_text() for text in axes.texts + ([*legend.texts, legend.get_title()] if legend else [])]
