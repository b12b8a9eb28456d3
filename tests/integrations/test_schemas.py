"""What a schema lets through, and that what the stand-in model writes is always let through."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from deploy.simulator.ghostwriter import Ghostwriter
from deploy.simulator.openai_errors import refuse_loose_schema
from integrations.schemas import for_vendor, mismatch


def an_object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


VERDICTS: list[tuple[dict[str, Any], Any, bool]] = [
    ({"type": "string"}, "", True),
    ({"type": "string"}, 1, False),
    ({"type": "string", "minLength": 1}, "", False),
    ({"type": "string", "maxLength": 2}, "abc", False),
    ({"type": "string", "pattern": "^[a-z]+$"}, "A", False),
    ({"type": ["string", "null"]}, None, True),
    ({"type": "integer"}, True, False),
    ({"type": "integer"}, 1.0, False),
    ({"type": "integer", "minimum": 1}, 0, False),
    ({"type": "number", "maximum": 1}, 1.5, False),
    ({"type": "number"}, 3, True),
    ({"type": "boolean"}, 0, False),
    ({"type": "boolean"}, False, True),
    ({"enum": [1, "a"]}, True, False),
    ({"enum": [1, "a"]}, "a", True),
    ({"const": None}, None, True),
    ({"const": "a"}, "b", False),
    ({"anyOf": [{"type": "null"}, {"type": "string"}]}, None, True),
    ({"anyOf": [{"type": "null"}, {"type": "string"}]}, 5, False),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, ["a", "b"], False),
    ({"type": "array", "items": {"type": "string"}, "minItems": 1}, [], False),
    ({"type": "array", "items": {"type": "string"}}, ["a", None], False),
    (an_object(a={"type": "string"}), {"a": "x"}, True),
    (an_object(a={"type": "string"}), {}, False),
    (an_object(a={"type": "string"}), {"a": "x", "b": 1}, False),
    (an_object(a={"type": "string"}), ["a"], False),
    (an_object(), {}, True),
]


@pytest.mark.parametrize(("schema", "data", "fits"), VERDICTS)
def test_what_fits(schema: dict[str, Any], data: Any, fits: bool) -> None:
    assert (mismatch(schema, data) is None) == fits


def test_a_mismatch_names_its_place() -> None:
    schema = an_object(answers={"type": "array", "items": an_object(text={"type": "string"})})
    assert mismatch(schema, {"answers": [{"text": "a"}, {"text": 1}]}) == "answer.answers[1].text is not string"


class Source(BaseModel):
    model_config = ConfigDict(extra="forbid")
    quote: str = Field(max_length=80)
    at: int = Field(ge=0)


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=300, description="What the customer wants.")
    sure: bool
    sources: list[Source] = Field(max_length=3)
    remark: str | None


def test_a_models_own_schema_will_do() -> None:
    schema = Answer.model_json_schema()
    sent = for_vendor(schema)
    refuse_loose_schema({"strict": True, "schema": sent})
    assert "maxLength" not in str(sent)
    assert "maxLength" in str(schema)
    good = {"text": "a", "sure": True, "sources": [{"quote": "b", "at": 0}], "remark": None}
    assert mismatch(schema, good) is None
    assert mismatch(schema, {**good, "sources": [{"quote": "b" * 81, "at": 0}]}) == (
        "answer.sources[0].quote is longer than 80"
    )


NAMES = st.sampled_from(["use_case", "goals", "risks", "subject", "sources", "default", "minLength", "x"])
TEXT = st.builds(lambda longest: {"type": "string", "maxLength": longest}, st.integers(0, 200))
LEAVES = st.one_of(
    TEXT,
    st.just({"type": "boolean"}),
    st.just({"type": ["integer", "null"], "minimum": 3}),
    st.just({"enum": ["deal", "notes", None]}),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.dictionaries(NAMES, inner, max_size=4).map(lambda properties: an_object(**properties)),
        st.builds(lambda one: {"anyOf": [{"type": "null"}, one]}, inner),
        st.builds(
            lambda items, least, more: {"type": "array", "items": items, "minItems": least, "maxItems": least + more},
            inner,
            st.integers(0, 2),
            st.integers(0, 2),
        ),
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, SCHEMAS, max_size=4).map(lambda properties: an_object(**properties)), st.text())
@settings(max_examples=150, deadline=None, database=None, derandomize=True)
def test_what_the_stand_in_writes_always_fits(schema: dict[str, Any], context: str) -> None:
    refuse_loose_schema({"strict": True, "schema": for_vendor(schema)})
    assert mismatch(schema, Ghostwriter(schema, context).write()) is None
