"""How restricted Markdown (paragraphs, bold, italic, links, two kinds of list) becomes an e-mail's HTML and text."""

from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "link", "list", "escape", "newline", "entity"]
)
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="margin:0;padding:24px;max-width:640px;font:15px/1.6 -apple-system,Segoe UI,Roboto,'
    'Helvetica,Arial,sans-serif;color:#1f221c">{body}</body></html>'
)
_SAFE_SCHEMES = ("https://", "http://", "mailto:")


def _safe_link(url: str) -> bool:
    return url.strip().lower().startswith(_SAFE_SCHEMES)


_MARKDOWN.validateLink = _safe_link  # type: ignore[method-assign]  # the library's own hook for this


def html_document(title: str, markdown: str) -> str:
    """A complete HTML page; everything in `markdown` that is not the restricted set is shown as text."""
    return _PAGE.format(title=escape(title), body=_MARKDOWN.render(markdown).strip())


def plain_text(markdown: str) -> str:
    """The same words for the text part: links as `words (address)`, lists with their marks."""
    lines: list[str] = []
    marks: list[str] = []
    prefix = ""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "bullet_list_open":
            marks.append("- ")
        elif token.type == "ordered_list_open":
            marks.append("1. ")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
            if not marks:
                lines.append("")
        elif token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else marks[-1]
            prefix = "  " * (len(marks) - 1) + mark
        elif token.type == "inline":
            lines.append(prefix + _inline_text(token.children or []))
            prefix = ""
            if not marks:
                lines.append("")
    return "\n".join(lines).strip() + "\n"


def _inline_text(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    address = ""
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            if address not in (parts[-1] if parts else ""):
                parts.append(f" ({address})")
            address = ""
    return "".join(parts)
