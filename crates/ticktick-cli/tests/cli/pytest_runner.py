"""Runs tests of pytest's form, with fixtures from conftest.py, where pytest is not installed."""

import contextlib
import importlib
import inspect
import sys


def fixture(function=None, scope="function"):
    def mark(function):
        function.scope = scope
        return function

    return mark if function is None else mark(function)


class Fixtures:
    def __init__(self, module):
        self.known = {name: value for name, value in vars(module).items() if hasattr(value, "scope")}
        self.kept, self.session = {}, contextlib.ExitStack()

    def arguments(self, function, stack):
        return {name: self.value(name, stack) for name in inspect.signature(function).parameters}

    def value(self, name, stack):
        if name in self.kept:
            return self.kept[name]
        made = self.known[name]
        stack = self.session if made.scope == "session" else stack
        value = made(**self.arguments(made, stack))
        if inspect.isgenerator(value):
            generator = value
            value = next(generator)
            stack.callback(lambda: next(generator, None))
        if made.scope == "session":
            self.kept[name] = value
        return value


def main(name):
    sys.modules["pytest"] = sys.modules["__main__"]
    sys.path.insert(0, ".")
    fixtures = Fixtures(importlib.import_module("conftest"))
    tests = vars(importlib.import_module(name.removesuffix(".py")))
    tests = [value for name, value in tests.items() if name.startswith("test_")]
    with fixtures.session:
        for test in tests:
            with contextlib.ExitStack() as stack:
                test(**fixtures.arguments(test, stack))
    print(f"{len(tests)} passed")


if __name__ == "__main__":
    main(sys.argv[1])
