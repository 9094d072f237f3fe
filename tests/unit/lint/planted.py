"""A small tree of files in a temporary folder, and what a lint says about it."""

import importlib
import os
import sys
import tempfile
import unittest

LINTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "setup", "lint")
sys.path.insert(0, LINTS)


class PlantedTree(unittest.TestCase):
    """Subclasses name their lint."""

    lint = ""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="yizhan-lint-")
        self.addCleanup(self._folder.cleanup)
        self.root = self._folder.name

    def write(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)

    def findings(self):
        return importlib.import_module(self.lint).check(self.root)[0]

    def assert_clean(self):
        self.assertEqual([str(finding) for finding in self.findings()], [])

    def assert_found(self, path, line, words):
        """Exactly one finding, there, with these words."""
        found = self.findings()
        self.assertEqual(len(found), 1, [str(finding) for finding in found])
        self.assertEqual((found[0].path, found[0].line), (path, line))
        self.assertIn(words, found[0].text)
