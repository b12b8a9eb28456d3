"""The lock files hold what pyproject.toml asks for, with hashes; and the check notices when they do not."""

from pathlib import Path

import pytest

from deploy.locked import differences

ROOT = Path(__file__).parents[2]


def test_the_lock_files_fit() -> None:
    assert differences(ROOT) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/runtime.txt", "requirements/dev.txt", "requirements/node.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("pyproject.toml", '"fastapi==', '"fastapi==9', "pyproject.toml asks for fastapi 9"),
        ("pyproject.toml", '"openai==', '"openai>=', "does not pin"),
        ("requirements/runtime.txt", "\npydantic==", "\npydantic==9", "runtime.txt has pydantic 9"),
        ("requirements/node.txt", "--hash=", "--nothing=", "has no hash"),
    ],
)
def test_a_difference_is_told(copy: Path, file: str, old: str, new: str, told: str) -> None:
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))
    assert any(told in line for line in differences(copy))
