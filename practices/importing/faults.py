"""What can go wrong with a file, a mapping or a row, always with the place and the remedy."""


class Unreadable(Exception):
    """The file or the mapping can't be used at all."""

    def __init__(self, reason: str, remedy: str):
        super().__init__(f"{reason}\n{remedy}")
        self.reason, self.remedy = reason, remedy


class RowFault(Exception):
    """A row that can't become a case study; the others can."""

    def __init__(self, column: str, reason: str, remedy: str):
        super().__init__(reason)
        self.column, self.reason, self.remedy = column, reason, remedy


class RowSkipped(Exception):
    """A row that isn't one: a legend, a repetition, an empty title."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
