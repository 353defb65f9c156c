#!/usr/bin/env python3
"""Holds the tree to the house rules that no ready tool checks.

    python3 tests/tidy/tidy.py [ROOT]

Prints each finding as file:line: [rule] what; mend. Status 1 when there are
any.
"""

import os
import sys

import layering
import layout
import names
import refusals
import text
from source import read_tree

RULES = [
    layering.include_directions,
    layering.import_directions,
    names.banned_names,
    refusals.refusal_texts,
    refusals.mend_texts,
    text.file_length,
    text.function_length,
    text.columns,
    text.white_space,
    text.left_open,
    text.machine_paths,
    text.nolint_reasons,
    layout.readme_per_folder,
    layout.readme_length,
    layout.dead_files,
    layout.header_guards,
]


def findings(tree):
    """All findings of all rules, in the order of the files."""
    found = [finding for rule in RULES for finding in rule(tree)]
    return sorted(found, key=lambda f: (f.path, f.line, f.rule))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '../..')
    tree = read_tree(root)
    found = findings(tree)
    for finding in found:
        print(finding)
    print(f'tidy: {len(tree.files)} files, {len(RULES)} rules, '
          f'{len(found)} findings')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
