"""What a CSM approves is what leaves: rendering, escaping, hashing."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drafts import EmailContent, Facts, content_hash, edited, render_email
from domain.errors import ContentInvalid, TemplateTextInvalid
from domain.plan import EmailTemplate
from domain.rendering import html_document, plain_text
from domain.variables import KNOWN, markdown_literal, one_line, render, unknown_variables

TEMPLATE = EmailTemplate(subject="Welcome, {{company_name}}", body="Hi {{contact_first_name|there}},\n\n**welcome**")


def facts(**values: str) -> Facts:
    return Facts(
        values={"company_name": "Acme", **values},
        primary_contact="dana@acme.example",
        sender_name="Mara",
        sender_address="mara@vendor.example",
        reply_to="mara@vendor.example",
    )


def test_variables_fallbacks_and_recipients_are_filled_in() -> None:
    content = render_email(TEMPLATE, facts()).content
    assert content.to == ("dana@acme.example",)
    assert content.subject == "Welcome, Acme"
    assert content.text == "Hi there,\n\nwelcome\n"
    assert "<strong>welcome</strong>" in content.html


def test_what_has_no_value_is_named_once() -> None:
    rendered = render_email(
        EmailTemplate(subject="{{arr}}", body="{{arr}} {{segment}} {{x.y|z}}".replace("x.", "custom.")), facts()
    )
    assert rendered.unresolved == ("arr", "segment")


@given(st.text(), st.text())
def test_a_value_is_shown_and_never_obeyed(company: str, name: str) -> None:
    content = render_email(TEMPLATE, facts(company_name="x" + company, contact_first_name="x" + name)).content
    tags = set(re.findall(r"</?([a-z0-9]+)", content.html.split("<body", 1)[1]))
    assert tags <= {"p", "strong", "body", "html"}
    assert one_line("x" + name) in content.text.replace("\n", " ") or not name.isprintable()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](https://evil.example)",
        "**bold**",
        "{{arr}}",
        "![i](https://e.example/i.png)",
        "\n# h",
        "1. x",
        "- x",
        "&lt;",
    ],
)
def test_hostile_values_stay_text(hostile: str) -> None:
    content = render_email(TEMPLATE, facts(contact_first_name=hostile)).content
    assert one_line(hostile) in content.text
    assert "<a " not in content.html
    assert "<script" not in content.html


def test_only_safe_links_become_links() -> None:
    html = html_document(
        "t", "[a](https://a.example) [b](javascript:alert) [c](data:text/html,x) [d](mailto:d@e.example)"
    )
    assert html.count("<a ") == 2
    assert plain_text("see [a](https://a.example/x)") == "see a (https://a.example/x)\n"


def test_lists_keep_their_marks_in_the_text_part() -> None:
    assert plain_text("- a\n- b\n\n1. c\n2. d\n\nend") == "- a\n- b\n\n1. c\n2. d\n\nend\n"


@given(st.sampled_from(sorted(set(EmailContent.model_fields) - {"to", "cc", "bcc"})), st.text(min_size=1))
def test_every_field_is_covered_by_the_hash(field: str, more: str) -> None:
    content = render_email(TEMPLATE, facts()).content
    changed = content.model_copy(update={field: getattr(content, field) + more})
    assert content_hash(changed) != content_hash(content)


@pytest.mark.parametrize("field", ["to", "cc", "bcc"])
def test_every_recipient_is_covered_by_the_hash(field: str) -> None:
    content = render_email(TEMPLATE, facts()).content
    changed: Any = {field: (*getattr(content, field), "eve@evil.example")}
    assert content_hash(content.model_copy(update=changed)) != content_hash(content)


def test_the_same_facts_give_the_same_hash() -> None:
    assert render_email(TEMPLATE, facts()).content_hash == render_email(TEMPLATE, facts()).content_hash


@pytest.mark.parametrize("text", ["{{", "}}", "{{ Company }}", "{{a.b.c}}", "{{x|{{y}}}}", "{{ }}"])
def test_what_is_no_variable_is_an_error(text: str) -> None:
    with pytest.raises(TemplateTextInvalid):
        render(text, {})


def test_unknown_names_are_found() -> None:
    assert unknown_variables("{{company_name}} {{custom.a}} {{answers.b}} {{nope}}") == ["nope"]
    assert unknown_variables(" ".join(f"{{{{{name}}}}}" for name in KNOWN)) == []


@given(st.text())
def test_rendering_never_scans_a_value_again(value: str) -> None:
    rendered = render("{{company_name}}", {"company_name": "a" + value + "{{arr}}", "arr": "1"})
    assert rendered.text.endswith("{{arr}}")


@given(st.text())
def test_an_escaped_value_reads_as_itself(value: str) -> None:
    shown = plain_text("a" + markdown_literal("b" + value + "c") + "d")
    assert shown == "a" + one_line("b" + value + "c") + "d\n"


@pytest.mark.parametrize(("subject", "body", "field"), [(" \n", "x", "subject"), ("x", " ", "body")])
def test_an_edit_names_the_empty_field(subject: str, body: str, field: str) -> None:
    with pytest.raises(ContentInvalid) as found:
        edited(TEMPLATE, subject=subject, body=body)
    assert found.value.field == field
