"""What does the stand-in model write? Sentences of the context that fit what each field of the schema is about.

No intelligence: it looks for words, so that a demo without a key shows drafts that have to do with their account.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
Say = Callable[["Field"], str]

# By a word in the name or description of a field: words that a fitting sentence may have.
_THEMES = {
    "use": "plan seats product use uses using team migrating tool api spreadsheets industry",
    "goal": "want wants goal goals live before needs need prefers pilot start season",
    "risk": "not no only must until unless offline risk security review week ask migrating compliance",
    "stakeholder": "owns decides owner lead manager director head officer chief vp contact secretary",
    "promise": "promised promise agreed passed included ready day discount contract",
    "summary": "plan wants needs live contact",
}
_NOTHING = "Nothing on record yet: worth a question in the first call."
_SHORT = ("subject", "title", "headline", "label")
_MADE_UP = "(Demo data made up"  # what the stand-in HubSpot adds to its notes


@dataclass(frozen=True)
class Field:
    """A text to be written: what it is about, and how long it may be."""

    name: str
    about: str
    longest: int


@dataclass(frozen=True)
class Fact:
    """A sentence of the context and the label it stands under."""

    label: str
    sentence: str


class Ghostwriter:
    """Fills a schema from one context."""

    def __init__(self, schema: Schema, context: str, say: Say | None = None) -> None:
        self._root = schema
        self._facts = list(dict.fromkeys(read_facts(context)))
        self._say = say or self.sentences

    def write(self) -> Any:
        """Data by the schema."""
        return self._fill(self._root, "", "")

    def sentences(self, field: Field) -> str:
        """Up to three sentences about it, in the order in which the context has them."""
        company = next((fact.sentence for fact in self._facts if "company" in fact.label.lower()), "your team")
        if field.name in _SHORT:
            return f"Getting {company.rstrip('.')} started"[: field.longest]
        found = self._about(field.about)
        text = " ".join(_sentence(fact) for fact in found) or _NOTHING
        return text if len(text) <= field.longest else text[: field.longest].rsplit(" ", 1)[0]

    def _about(self, about: str) -> list[Fact]:
        topic = _words(about)
        wanted = {word for theme, words in _THEMES.items() if _mentions(topic, theme) for word in words.split()}
        scores = {fact: len((wanted | topic) & _words(f"{fact.label} {fact.sentence}")) for fact in self._facts}
        best = sorted((fact for fact in scores if scores[fact]), key=lambda fact: -scores[fact])[:3]
        return [fact for fact in self._facts if fact in best]

    def _fill(self, schema: Schema, name: str, about: str) -> Any:
        schema = self._resolved(schema)
        if "anyOf" in schema:
            return self._fill(next(one for one in schema["anyOf"] if one.get("type") != "null"), name, about)
        about = f"{about} {name} {schema.get('title', '')} {schema.get('description', '')}"
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        wanted = schema.get("type", "string")
        type_ = wanted if isinstance(wanted, str) else next(one for one in wanted if one != "null")
        if type_ == "object":
            return self._object(schema, about)
        if type_ == "array":
            return self._array(schema, name, about)
        if type_ == "string":
            return self._say(Field(name, about, schema.get("maxLength", 1200)))
        return {"boolean": False, "null": None}.get(type_, schema.get("minimum", 0))

    def _object(self, schema: Schema, about: str) -> dict[str, Any]:
        properties: dict[str, Schema] = schema.get("properties", {})
        made = {name: self._fill(one, name, about) for name, one in properties.items() if _picks(one)}
        # What has been picked, such as the question, says what the rest is about.
        about = " ".join([about, *(str(one) for one in made.values())])
        # Sources are those of everything beside them.
        beside = " ".join([about, *properties])
        for name, one in properties.items():
            if name not in made:
                made[name] = self._fill(one, name, beside if "source" in name else about)
        return {name: made[name] for name in properties}

    def _array(self, schema: Schema, name: str, about: str) -> list[Any]:
        least, longest = schema.get("minItems", 0), schema.get("maxItems", 100)
        items = self._resolved(schema.get("items", {}))
        sources = self._sources(items, about) if "source" in name else None
        if sources is not None and len(sources) >= least:
            return sources[:longest]
        variants = self._variants(items)
        if len(variants) < least:
            variants *= least
        return [self._fill(one, name, about) for one in variants[: max(least, min(len(variants), longest))]]

    def _sources(self, items: Schema, about: str) -> list[Any] | None:
        used = list(dict.fromkeys(fact.label for fact in self._about(about)))
        if "enum" in items:
            return [one for one in items["enum"] if one.lower() in [label.lower() for label in used]]
        return [label[: items.get("maxLength", 200)] for label in used] if items.get("type") == "string" else None

    def _variants(self, items: Schema) -> list[Schema]:
        """Of objects of which a property is one of some values, such as a question: one for each of these."""
        items = self._resolved(items)
        for name, one in items.get("properties", {}).items():
            if values := self._resolved(one).get("enum"):
                return [{**items, "properties": {**items["properties"], name: {"const": each}}} for each in values]
        return [items]

    def _resolved(self, schema: Schema) -> Schema:
        found: Schema = self._root["$defs"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        return found


def read_facts(context: str) -> Iterator[Fact]:
    """The sentences of a context, which is JSON, or lines, some of them `label: text` or headings."""
    try:
        data = json.loads(context)
    except ValueError:
        yield from _line_facts(context)
        return
    asks = isinstance(data, dict) and "material" in data  # what is beside the material is the questions
    yield from _json_facts("", data["material"] if asks else data)


def _line_facts(context: str) -> Iterator[Fact]:
    heading = ""
    for line in context.splitlines():
        text = line.strip().strip("-*# ")
        label, colon, rest = text.partition(":")
        if line.lstrip().startswith("#") or (colon and not rest.strip()):
            heading = label.strip()
        elif colon and len(label) < 40:
            yield from _sentences(label.strip(), rest)
        else:
            yield from _sentences(heading, text)


def _json_facts(label: str, data: object) -> Iterator[Fact]:
    if isinstance(data, dict):
        for name, one in data.items():
            yield from _json_facts(str(name), one)
    elif isinstance(data, list):
        for one in data:
            yield from _json_facts(label, one)
    elif data not in (None, ""):
        yield from _sentences(label, str(data))


def _sentences(label: str, text: str) -> Iterator[Fact]:
    for sentence in re.split(r"(?<=[.!?;])\s+", text.strip()):
        if sentence and not sentence.startswith(_MADE_UP):
            yield Fact(label, sentence)


def _sentence(fact: Fact) -> str:
    """The fact on its own: a bare value gets its label in front."""
    bare = len(fact.sentence.split()) < 4 and fact.label
    said = fact.sentence.replace("_", " ").lower() if fact.sentence.isupper() else fact.sentence
    text = f"{fact.label.replace('_', ' ').capitalize()}: {said}" if bare else said
    return text.rstrip(".;") + "."


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 1}


def _mentions(topic: set[str], theme: str) -> bool:
    return any(word.startswith(theme) for word in topic)


def _picks(schema: Schema) -> bool:
    return "enum" in schema or "const" in schema
