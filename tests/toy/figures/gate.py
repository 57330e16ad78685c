"""A gate: the smallest diagram."""


def draw(ax, say, at):
    ax.text(0.5, 0.5, say("gate", "门") + " " + at("load:kB"))
