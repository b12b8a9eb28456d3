"""What does an answer of OpenAI look like? The bodies of its two APIs, whole, cut off, refused or failed."""

import time
import uuid
from typing import Any, Literal

from pydantic import BaseModel

MODEL = "stand-in"
REFUSAL = "I'm sorry, but I can't help with that."

Kind = Literal[
    "good", "text", "truncated", "filtered", "refusal", "garbage", "wrong_shape", "hostile", "failed",
    "not_the_api", "rate_limited", "no_quota", "bad_key", "bad_request", "error", "hang", "drip",
]  # fmt: skip


class Asked(BaseModel):
    """A request of either API, in the same words."""

    instructions: str
    context: str
    schema_: dict[str, Any]
    max_tokens: int


def _tokens(text: str) -> int:
    return len(text) // 4 + 1


def response_body(kind: Kind, text: str, asked: Asked) -> dict[str, Any]:
    """An answer of `/responses`."""
    used, most = _tokens(text), asked.max_tokens
    reason = {"truncated": "max_output_tokens", "filtered": "content_filter"}.get(kind)
    reason = reason or ("max_output_tokens" if used > most else None)
    if reason:
        # The cut is as treacherous as it can be where it was asked for: what is left is whole.
        text = text if kind == "truncated" else text[: most * 4]
    part = {"type": "refusal", "refusal": REFUSAL} if kind == "refusal" else {"type": "output_text", "text": text}
    status = "failed" if kind == "failed" else "incomplete" if reason else "completed"
    message = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant", "status": status}
    read = _tokens(asked.instructions + asked.context)
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": int(time.time()),
        "model": MODEL,
        "status": status,
        "error": {"code": "server_error", "message": "The model failed."} if kind == "failed" else None,
        "incomplete_details": {"reason": reason} if reason else None,
        "output": [
            {"id": f"rs_{uuid.uuid4().hex}", "type": "reasoning", "summary": []},
            {**message, "phase": "commentary", "content": [{"type": "output_text", "text": "Let me see."}]},
            {**message, "phase": "final_answer", "content": [{"annotations": [], **part}]},
        ],
        "usage": {"input_tokens": read, "output_tokens": used, "total_tokens": read + used},
    }


def completion_body(kind: Kind, text: str, asked: Asked) -> dict[str, Any]:
    """An answer of `/chat/completions`."""
    used, read = _tokens(text), _tokens(asked.instructions + asked.context)
    finish = {"truncated": "length", "filtered": "content_filter"}.get(kind)
    finish = finish or ("length" if used > asked.max_tokens else "stop")
    refused = kind == "refusal"
    message = {"role": "assistant", "content": None if refused else text, "refusal": REFUSAL if refused else None}
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [] if kind == "failed" else [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": read, "completion_tokens": used, "total_tokens": read + used},
    }
