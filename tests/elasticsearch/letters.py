"""A vector model small enough for a test: what a text is about, in three numbers learned by hand."""

THEMES = (("canoe", "kayak", "rowing"), ("violin", "choir", "song"), ("volcano", "lava", "crater"))


class Themes:
    name = "themes-1"
    dimensions = 4
    nearest = 10
    least = 0.9

    def embed(self, texts, language):
        return [[0.01, *(float(sum(word in text.casefold() for word in words)) for words in THEMES)] for text in texts]


class Near(Themes):
    """One text is added to a question, of those not too far."""

    name = "near-1"
    nearest = 1
    least = 0.5


class Broken(Themes):
    name = "broken-1"

    def embed(self, texts, language):
        if texts == ["kayak"]:
            raise RuntimeError("out of memory")
        return super().embed(texts, language)
