"""Names that our code does not use, each with what to use instead."""

import re
from dataclasses import dataclass

from source import Finding


@dataclass(frozen=True)
class Ban:
    """A pattern of C++ code, and the paths where it is allowed after all."""
    pattern: str
    mend: str
    but: str = r'$^'  # nowhere


_REAL = r'^lib/base/real_'
_MUTEX = r'^lib/base/mutex(_test)?\.'
_INJECT = 'take what it gives from lib/base, handed in from main'

BANS = [
    Ban(r'\bstd::string_view\b|#\s*include\s*<string_view>',
        "use absl::string_view: Debian's Abseil does not convert"),
    Ban(r'\babsl::(Mutex|MutexLock|ReaderMutexLock|WriterMutexLock|CondVar)\b'
        r'|#\s*include\s*"absl/synchronization/',
        'use lib/base/mutex.h: the thread sanitizer cannot see into Abseil'),
    Ban(r'\bstd::(recursive_|shared_|timed_)*mutex\b'
        r'|\bstd::(lock_guard|unique_lock|scoped_lock|shared_lock)\b'
        r'|\bstd::condition_variable\w*',
        'use lib/base/mutex.h, which carries the annotations', _MUTEX),
    Ban(r'\babsl::(Now|GetCurrentTimeNanos)\b', _INJECT, _REAL),
    Ban(r'\b\w+_clock::now\b', _INJECT, _REAL),
    Ban(r'\b(gettimeofday|clock_gettime|std::time)\s*\(', _INJECT, _REAL),
    Ban(r'\babsl::SleepFor\b|\bsleep_(for|until)\b'
        r'|(?<![\w.>])(::)?u?sleep\s*\(|\bnanosleep\s*\(',
        'wait on an executor or a condition, never on the clock', _REAL),
    Ban(r'\brandom_device\b|\b(std::)?(mt19937\w*|s?rand)\s*\('
        r'|\bstd::(mt19937\w*|default_random_engine|uniform_\w+)\b'
        r'|\babsl::(BitGen|InsecureBitGen)\b', _INJECT, _REAL),
    Ban(r'\b(secure_)?getenv\s*\(', _INJECT, _REAL),
    Ban(r'\bstd::(jthread|thread|async)\b|\bpthread_create\b',
        'post to the executor that main hands in',
        r'^(services|bindings|tests)/|_test\.cc$'),
]

# A protobuf field may be called `value`, and then has this very accessor. So in
# a file that sees generated messages only those count that are surely none:
# what is moved from, and names the file declares as StatusOr or optional.
_VALUE = r'(\.|->)value\(\)'
_MOVED_VALUE = r'\bstd::move\([\w.]+\)\.value\(\)'
_HOLDER = re.compile(
    r'\b(?:StatusOr|optional)<[^;={]*>[&\s]+(\w+)\s*[=;,)({]')
_INCLUDED = re.compile(r'(?m)^#include "([^"]+)"')
_VALUE_MEND = 'check it, then use * or ->: value() throws, lib/ cannot catch'


def _sees_messages(tree, file, seen):
    """Does the file include generated messages, itself or through ours?"""
    for included in _INCLUDED.findall(file.text):
        if included.endswith('.pb.h'):
            return True
        if included in tree and included not in seen:
            seen.add(included)
            if _sees_messages(tree, tree.files[included], seen):
                return True
    return False


def _value_pattern(tree, file):
    if not _sees_messages(tree, file, set()):
        return _VALUE
    holders = [rf'\b{name}\.value\(\)'
               for name in sorted(set(_HOLDER.findall(file.code())))]
    return '|'.join([_MOVED_VALUE] + holders)


def _bans_for(tree, file):
    for ban in BANS:
        if not re.search(ban.but, file.path):
            yield ban
    yield Ban(_value_pattern(tree, file), _VALUE_MEND)


def banned_names(tree):
    for file in tree.cpp():
        code = file.code()
        for ban in _bans_for(tree, file):
            for match in re.finditer(ban.pattern, code):
                yield Finding(file.path, file.line_of(match.start()),
                              'banned-name',
                              f'{match[0].strip()} is not used here', ban.mend)
