"""Reads a file of cost models from its syntax tree: inputs, quantities, and what is wrong with
them.
"""

import ast
import inspect
import re
from typing import Any

from hooks.formula import quantity as vocabulary
from hooks.formula.declaration import Choice, Constant, Declaration, Field, Quantity, Setting
from hooks.formula.grammar import CURES, FUNCTIONS, grammar_faults, reasons_in
from hooks.formula.template import names_in_template
from hooks.formula.units import WORD, unit
from hooks.text.curly import curly_tree
from hooks.text.problems import Mistake, Problem

KINDS = {str: "text", float: "number", bool: "True or False"}

DECLARED = re.compile(r"^(?:def\s+)?(\w+)\s*(?:=|\()", re.MULTILINE)
"""What a file that Python cannot read seems to declare."""


class Reader:
    """One file of cost models: its declarations, and its problems."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.declarations: list[Declaration] = []
        self.refused: dict[str, str] = {}
        """Names whose declaration has a problem, each with its place: what leans on them needs
        no second message.
        """
        self.inputs_refused = False
        """Whether an input is among them, so that nobody knows all keys of a row."""
        try:
            self.tree = curly_tree(ast.parse(text, path))
        except SyntaxError as error:
            self.problems.append(
                Problem(
                    path,
                    error.lineno or 1,
                    error.offset or 1,
                    f"Python cannot read this: {error.msg}",
                )
            )
            self.refused = dict.fromkeys(DECLARED.findall(text), self.problems[0].where)
            self.inputs_refused = "field(" in text
            return
        except (ValueError, RecursionError, MemoryError) as error:
            message = "a formula is nested too deeply" if not str(error) else str(error)
            self.problems.append(Problem(path, 1, 1, f"Python cannot read this: {message}"))
            return
        functions, failure = self._functions()
        for node in self.tree.body:
            before = len(self.problems)
            try:
                self._read(node, functions)
            except Mistake as mistake:
                self.refuse(node, mistake.message)
            if len(self.problems) > before:
                self.refused |= dict.fromkeys(_declared_by(node), self.problems[before].where)
                self.inputs_refused |= isinstance(node, ast.Assign)
        if (
            failure and not self.problems
        ):  # otherwise the mistakes above say the same in better words
            self.problems.append(failure)

    def _functions(self) -> tuple[dict[str, Any], Problem | None]:
        """The file's own plain functions: a quantity's value comes from calling it."""
        namespace: dict[str, Any] = {"__name__": f"costs:{self.path}", "__same__": vocabulary.same}
        tree = ast.fix_missing_locations(
            _Formulas().visit(_firsts(curly_tree(ast.parse(self.text, self.path))))
        )
        try:
            exec(compile(tree, self.path, "exec"), namespace)
        except (Exception, SystemExit) as error:
            at = (
                error.__traceback__.tb_next.tb_lineno
                if error.__traceback__ and error.__traceback__.tb_next
                else 1
            )
            return namespace, Problem(self.path, at, 1, f"{type(error).__name__}: {error}")
        return namespace, None

    def refuse(self, node: ast.AST, message: str) -> None:
        """Note a problem at a node."""
        self.problems.append(
            Problem(
                self.path, getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1, message
            )
        )

    def _read(self, node: ast.stmt, functions: dict[str, Any]) -> None:
        if isinstance(node, ast.FunctionDef):
            self._quantity(node, functions)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            self._input(node, node.value)
        elif isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text(node):
            pass
        else:
            self.refuse(node, "a file of cost models holds quantities and inputs only")

    # Inputs

    def _input(self, node: ast.Assign, call: ast.Call) -> None:
        kind = call.func.id if isinstance(call.func, ast.Name) else ""
        if kind not in ("choice", "setting", "field", "constant"):
            self.refuse(call, "an input is a choice, a setting, a field or a constant")
            return
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Name):
            self.refuse(node, "an input has one plain name")
            return
        given = self._arguments(call, kind)
        if given is None:
            return
        where = {
            "name": target.id,
            "label": given["label"],
            "zh": given["zh"],
            "path": self.path,
            "line": node.lineno,
        }
        if kind in ("choice", "setting"):
            _check_phrases(target.id, given)
            where |= {key: given[key] for key in ("phrase", "phrase_zh", "always", "where")}
        if kind == "choice":
            self.declarations.append(
                Choice(unit=WORD, table=given["table"], default=given["default"], **where)
            )
            return
        measure = unit(given["unit"])
        if kind == "setting":
            extras = {key: given[key] for key in ("whole", "why", "why_zh")}
            extras |= {
                key: None if given[key] is None else given[key] * float(measure.factor)
                for key in ("default", "low", "high")
            }
            self.declarations.append(Setting(unit=measure, **extras, **where))
        elif kind == "constant":
            self.declarations.append(
                Constant(
                    unit=measure,
                    value=float(given["value"]) * float(measure.factor),
                    why=given["why"],
                    why_zh=given["why_zh"],
                    **where,
                )
            )
        else:
            printed = (
                unit(given["unit"].removesuffix(f"/{given['each']}")) if given["each"] else measure
            )
            self.declarations.append(
                Field(
                    unit=measure,
                    of=given["of"],
                    key=given["key"],
                    printed=printed,
                    default=given["default"],
                    low=given["low"] * float(measure.factor),
                    high=None if given["high"] is None else given["high"] * float(measure.factor),
                    positive=given["positive"],
                    whole=given["whole"],
                    words=tuple(given["words"]),
                    **where,
                )
            )

    def _arguments(self, call: ast.Call, kind: str) -> dict[str, Any] | None:
        """A call's arguments by name, or None after a problem. They must be literals: they are
        read, not run.
        """
        try:
            positional = [ast.literal_eval(argument) for argument in call.args]
            named = {
                keyword.arg: ast.literal_eval(keyword.value)
                for keyword in call.keywords
                if keyword.arg
            }
        except (ValueError, TypeError):
            self.refuse(
                call,
                f"the arguments of {kind}() must be plain literals: they are read before anything"
                " runs",
            )
            return None
        try:
            signature = inspect.signature(getattr(vocabulary, kind))
            bound = signature.bind(*positional, **named)
        except TypeError as error:
            lacks = 'labels in both languages: add zh="…"' if "'zh'" in str(error) else str(error)
            self.refuse(call, f"{kind}() {'needs ' if 'zh' in lacks else ''}{lacks}")
            return None
        bound.apply_defaults()
        for name, value in bound.arguments.items():
            wanted = signature.parameters[name].annotation
            if wanted in KINDS and type(value) not in (
                (int, float) if wanted is float else (wanted,)
            ):
                self.refuse(call, f"'{name}' of {kind}() is a {KINDS[wanted]}, not {value!r}")
                return None
        return dict(bound.arguments)

    # Quantities

    def _quantity(self, node: ast.FunctionDef, functions: dict[str, Any]) -> None:
        decorator = next(
            (
                d
                for d in node.decorator_list
                if isinstance(d, ast.Call) and getattr(d.func, "id", "") == "quantity"
            ),
            None,
        )
        if decorator is None:
            self.refuse(
                node, f"'{node.name}' is not declared: put @quantity(unit, label, zh=…) above it"
            )
            return
        if node.name in FUNCTIONS:
            self.refuse(
                node, f"'{node.name}' is a function of the formula language: choose another name"
            )
            return
        given = self._arguments(decorator, "quantity")
        if given is None:
            return
        measure = unit(given["unit"])
        paragraphs = (ast.get_docstring(node) or "").split("\n\n")
        doc = [" ".join(part.split()) for part in paragraphs if part.strip()]
        if len(doc) < 2:
            self.refuse(
                node,
                f"'{node.name}' needs a docstring: one sentence in English, a blank line, the same"
                " in Chinese",
            )
            return
        signature = node.args
        if (
            signature.vararg
            or signature.kwarg
            or signature.kwonlyargs
            or signature.posonlyargs
            or signature.defaults
        ):
            self.refuse(
                node,
                f"the parameters of '{node.name}' are the quantities it is computed from: plain"
                " names, no defaults",
            )
            return
        words = given["words"] or {}
        picks = given["picks"]
        if picks and (measure != WORD or words or picks not in parameters_of(node)):
            self.refuse(
                decorator,
                f"'{node.name}' picks a row: its unit is \"word\", it lists no words, and '{picks}'"
                " is among its parameters",
            )
            return
        if measure == WORD and not words and not picks:
            self.refuse(
                decorator,
                f"'{node.name}' answers with a word: list its words with their Chinese,"
                " words={…}",
            )
            return
        parameters = parameters_of(node)
        body = self._body(node, [statement for statement in node.body if not _is_text(statement)])
        if body is None:
            return
        before = len(self.problems)
        for part, message in grammar_faults(body, parameters, words):
            self.refuse(part, message)
        used = {part.id for part in ast.walk(body) if isinstance(part, ast.Name)}
        used |= _template_names(body)
        if used <= set(parameters):  # else the name that seems unused is one that is mistyped
            for name in parameters:
                if name not in used:
                    self.refuse(node, f"'{node.name}' takes '{name}' and never uses it")
        if len(self.problems) > before:
            return
        self.declarations.append(
            Quantity(
                name=node.name,
                unit=measure,
                label=given["label"],
                zh=given["zh"],
                path=self.path,
                line=node.lineno,
                parameters=parameters,
                body=body,
                why=doc[0],
                why_zh=doc[1],
                source=given["source"],
                words=words,
                picks=picks,
                function=functions.get(node.name, lambda *_: None),
            )
        )

    def _body(self, node: ast.AST, statements: list[ast.stmt]) -> ast.expr | None:
        """Early returns as one conditional expression."""
        if not statements:
            self.refuse(node, "this branch ends without a return")
            return None
        first, rest = statements[0], statements[1:]
        if isinstance(first, ast.Return) and first.value is not None:
            if rest:
                self.refuse(rest[0], "nothing after a return is ever reached")
            return first.value
        if isinstance(first, ast.If):
            then = self._body(first, first.body)
            other = self._body(first, [*first.orelse, *rest])
            if then is None or other is None:
                return None
            return ast.copy_location(ast.IfExp(test=first.test, body=then, orelse=other), first)
        self.refuse(
            first, CURES.get(type(first), "a formula is early returns and one final return")
        )
        return None


def _check_phrases(name: str, given: dict[str, Any]) -> None:
    """Refuse a phrase in one language alone, and one that tells something else than its field."""
    if bool(given["phrase"]) != bool(given["phrase_zh"]):
        raise Mistake(f"'{name}' has a phrase in one language: give phrase=… and phrase_zh=…")
    for phrase in filter(None, (given["phrase"], given["phrase_zh"])):
        if [*names_in_template(phrase)] != [(name, "")]:
            raise Mistake(f"the phrase '{phrase}' tells the field: write {{{name}}} in it, once")


class _Formulas(ast.NodeTransformer):
    """Functions as they shall compute: as a browser does, which has no whole numbers without
    end.
    """

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [_Arithmetic().visit(statement) for statement in node.body]
        return node


class _Arithmetic(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is int:
            try:
                return ast.copy_location(ast.Constant(float(node.value)), node)
            except OverflowError:
                return ast.copy_location(ast.Constant(float("inf")), node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            return node
        same = ast.Call(ast.Name("__same__", ast.Load()), [node.left, *node.comparators], [])
        return ast.copy_location(
            same if isinstance(node.ops[0], ast.Eq) else ast.UnaryOp(ast.Not(), same), node
        )


def _template_names(body: ast.expr) -> set[str]:
    return {
        name
        for _, text, zh in reasons_in(body)
        for name, _ in (*names_in_template(text), *names_in_template(zh))
    }


def parameters_of(node: ast.FunctionDef) -> tuple[str, ...]:
    """The names of a function's plain parameters."""
    return tuple(parameter.arg for parameter in node.args.args)


def _declared_by(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    return (
        {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.Assign)
        else set()
    )


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _firsts(tree: ast.Module) -> ast.Module:
    """The file without functions whose name another one has had: the first is the quantity, the
    others are refused.
    """
    seen: set[str] = set()
    remaining: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            if node.name in seen:
                continue
            seen.add(node.name)
        remaining.append(node)
    tree.body = remaining
    return tree
