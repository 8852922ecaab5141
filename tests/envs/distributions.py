from importlib.metadata import distribution

from packaging.requirements import Requirement


def needed(package, found):
    """Add the installed package, and all that it needs, to those found; return them."""
    if package not in found:
        found.add(package)
        for line in distribution(package).requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found
