"""Where functions begin and end, by counting braces.

An honest measure of well-formed code, not a parser. It does not see functions
that a macro opens, and takes both branches of an #if for code; a lambda counts
into the function around it.
"""

import ast
import re
from dataclasses import dataclass

_NOT_FUNCTIONS = re.compile(
    r'\s*(namespace|class|struct|union|enum|extern|template\s*<.*>\s*'
    r'(class|struct|union))\b', re.S)
_ACCESS = re.compile(r'\s*((public|private|protected)\s*:\s*)*')
_PREPROCESSOR = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.M)


@dataclass(frozen=True)
class Function:
    first_line: int
    last_line: int

    @property
    def length(self):
        return self.last_line - self.first_line + 1


def _outside_parentheses(head):
    """`head` without what stands in ( ), or None when they do not pair."""
    kept, depth = [], 0
    for char in head:
        if char == ')':
            depth -= 1
            if depth < 0:
                return None
        if depth == 0:
            kept.append(char)
        if char == '(':
            depth += 1
    return ''.join(kept) if depth == 0 else None


def _opens_function(head):
    """Does the text between the last ; { or } and this { open a function?"""
    if '(' not in head or _NOT_FUNCTIONS.match(head):
        return False
    outside = _outside_parentheses(head)
    if outside is None:  # inside an argument list: data
        return False
    is_operator = re.search(r'\boperator\b', outside)
    is_lambda = re.search(r'=\s*\[', outside)
    return '=' not in outside or bool(is_operator or is_lambda)


def cpp_functions(file):
    """The outermost functions of a C++ file."""
    code = _PREPROCESSOR.sub(lambda m: re.sub(r'[^\n]', ' ', m[0]),
                             file.code())
    head_start, open_braces, function_start = 0, 0, None
    depth_of_function = 0
    for match in re.finditer(r'[{};]', code):
        char, at = match[0], match.start()
        if char == '{':
            head = code[head_start:at]
            if function_start is None and _opens_function(head):
                function_start = head_start + _ACCESS.match(head).end()
                depth_of_function = open_braces
            open_braces += 1
        elif char == '}':
            open_braces -= 1
            if function_start is not None and open_braces == depth_of_function:
                yield Function(file.line_of(function_start), file.line_of(at))
                function_start = None
        head_start = at + 1


def python_functions(file):
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Function(node.lineno, node.end_lineno)
