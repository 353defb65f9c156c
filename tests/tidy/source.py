"""The files of the project, as the rules see them."""

import os
import re
import subprocess
from dataclasses import dataclass

CPP = ('.h', '.cc', '.c')

# Inputs of fuzzers are bytes that happen to look like text.
_NOT_TEXT = ('tests/fuzz/corpus/',)

_INCLUDE_LINE = r'^[ \t]*#[ \t]*include[^\n]*'
_COMMENT = r'//[^\n]*|/\*.*?\*/'
# A quote after a digit is a separator (1'000), not a character.
_STRING = (r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'
           r'|"(?:\\.|[^"\\\n])*"'
           r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'")
_TOKENS = re.compile(f'(?P<include>{_INCLUDE_LINE})|(?P<comment>{_COMMENT})'
                     f'|(?P<string>{_STRING})', re.S | re.M)


@dataclass(frozen=True)
class Finding:
    """One thing to mend."""
    path: str
    line: int
    rule: str
    message: str
    mend: str

    def __str__(self):
        return (f'{self.path}:{self.line}: [{self.rule}] '
                f'{self.message}; {self.mend}')


def _blank(text):
    """Spaces of the same shape, so that lines and columns stay."""
    return re.sub(r'[^\n]', ' ', text)


class File:
    """One text file. `path` is from the root, with forward slashes."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.name = path.rsplit('/', 1)[-1]
        self.folder = path.rsplit('/', 1)[0] if '/' in path else ''
        self.lines = text.split('\n')
        self.is_cpp = path.endswith(CPP)
        self.is_test = bool(re.search(r'_test\.(cc|c|py)$', path))

    def without_comments(self):
        """C++ and proto only; literals stay."""
        return _TOKENS.sub(
            lambda m: _blank(m[0]) if m['comment'] else m[0], self.text)

    def code(self):
        """C++ and proto only; neither comments nor literals, except that
        include lines stay as they are."""
        return _TOKENS.sub(
            lambda m: m[0] if m['include'] else _blank(m[0]), self.text)

    def line_of(self, offset):
        return self.text.count('\n', 0, offset) + 1


class Tree:
    """All files, by path. Rules ask it; they never touch the disk."""

    def __init__(self, texts):
        self.files = {path: File(path, text)
                      for path, text in sorted(texts.items())}

    def __iter__(self):
        return iter(self.files.values())

    def __contains__(self, path):
        return path in self.files

    def cpp(self):
        return [file for file in self if file.is_cpp]

    def named(self, *endings):
        return [file for file in self if file.path.endswith(endings)]


def _listed_by_git(root):
    """Tracked files and those that would be, or None outside a checkout."""
    try:
        listed = subprocess.run(
            ['git', 'ls-files', '-z', '--cached', '--others',
             '--exclude-standard'],
            cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return [path for path in listed.decode().split('\0') if path]


def _walked(root):
    """Every file below root that is not hidden and not a build's."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders
                      if name not in ('build', 'node_modules', '__pycache__')
                      and not name.startswith('.')]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root)
            yield path.replace(os.sep, '/')


def read_tree(root):
    """Reads what is text; a file that is not UTF-8 is data, not source."""
    texts = {}
    for path in _listed_by_git(root) or _walked(root):
        if path.startswith(_NOT_TEXT):
            continue
        try:
            with open(os.path.join(root, path), encoding='utf-8',
                      newline='') as file:
                text = file.read()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        if '\0' not in text:
            texts[path] = text
    return Tree(texts)
