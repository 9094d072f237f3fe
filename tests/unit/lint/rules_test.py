import unittest

from planted import PlantedTree


class Clocks(PlantedTree):
    lint = "clocks"

    def test_each_real_clock_sleep_and_random_source(self):
        for code in ("auto t = std::chrono::system_clock::now();", "std::chrono::steady_clock :: now()",
                     "std::this_thread::sleep_for(1s);", "std::random_device device;", "int x = rand();", "srand(1);",
                     "usleep(10);", "::time(nullptr);", "clock_gettime(CLOCK_REALTIME, &t);", "SDL_Delay(5);",
                     "RAND_bytes(p, 4);", "localtime_r(&t, &tm);"):
            with self.subTest(code):
                self.write("shared/office/bad.cpp", "\n" + code + "\n")
                self.assert_found("shared/office/bad.cpp", 2, "outside shared/base")

    def test_base_app_bench_and_tests_may(self):
        for path in ("shared/base/real_env.cpp", "kiosk/app/main.cpp", "tools/bench/x.cpp", "tests/unit/base/x.cpp"):
            self.write(path, "std::chrono::steady_clock::now();\n")
        self.assert_clean()

    def test_comments_strings_and_other_names_are_fine(self):
        self.write("shared/office/fine.cpp",
                   '// steady_clock::now()\nauto s = "rand()"; /* sleep_for */\nenv.wall().now(); operand(x); entry.time(0);\n'
                   "std::int64_t n = 1'000'000; char c = '\"'; brand(1); // rand()\n")
        self.assert_clean()

    def test_an_exception_needs_a_reason(self):
        self.write("tools/platform/main.cpp", "// lint: allow real-clock -- the server's own clock\nfoo_clock::now();\n")
        self.assert_clean()
        self.write("tools/platform/main.cpp", "foo_clock::now();  // lint: allow real-clock\n")
        self.assert_found("tools/platform/main.cpp", 1, "a real clock")


class Widgets(PlantedTree):
    lint = "widgets"

    def test_a_screen_that_draws_by_itself(self):
        self.write("kiosk/resident/bad.cpp", "void f() {\n  if (ImGui::Button(\"x\")) {}\n}\n")
        self.assert_found("kiosk/resident/bad.cpp", 2, "ImGui::Button")

    def test_using_the_namespace_is_no_way_round(self):
        self.write("kiosk/counter/bad.cpp", "using namespace ImGui;\n")
        self.assert_found("kiosk/counter/bad.cpp", 1, "only kiosk/ui draws")

    def test_the_app_drives_frames_but_does_not_draw(self):
        self.write("kiosk/app/loop.cpp", "ImGui::NewFrame();\nImGui::Render();\n")
        self.assert_clean()
        self.write("kiosk/app/loop.cpp", "ImGui::NewFrame();\nImGui::Text(\"x\");\n")
        self.assert_found("kiosk/app/loop.cpp", 2, "ImGui::Text")

    def test_ui_draws(self):
        self.write("kiosk/ui/button.cpp", "ImGui::Button(\"x\");\nImDrawList* list;\n")
        self.assert_clean()


class Tries(PlantedTree):
    lint = "tries"

    def test_each_kind_of_initialiser(self):
        for code in ("Place p{a, TRY(b())};", "return json{{\"id\", TRY(b()).text()}};", "list.push_back({a, f(TRY(b()))});",
                     "Call const c{.id = id(), .day = TRY(b())};", "auto x = {TRY(b())};", "return {TRY(b())};",
                     "std::vector<int> v{TRY(b())};", "return [] { return Place{a, TRY(b())}; }();",
                     "return ok ? A{} : B{TRY(b())};"):
            with self.subTest(code):
                self.write("shared/office/bad.cpp", "Result<int> f() {\n" + code + "\n}\n")
                self.assert_found("shared/office/bad.cpp", 2, "take the value first")

    def test_blocks_are_none(self):
        for code in ("TRY(a());", "auto const x = TRY(a());", "if (b) { TRY(a()); }", "if (b) { return 1; } else { TRY(a()); }",
                     "{ { TRY(a()); } }", "for (auto const& x : TRY(a({1, 2}))) { TRY(c(x)); }", "do { TRY(a()); } while (b);",
                     "Place p{a, [&]() -> Result<std::vector<int>> { TRY(b()); return 1; }()};", "f(a, TRY(b()));",
                     "g({1, 2}, [&] { TRY(b()); });", "switch (x) { case 1: { TRY(b()); } default: TRY(c()); }",
                     "return at([&]() mutable { auto x = Foo{1}; TRY(b()); });", "std::pair<int, int> x = TRY(b());",
                     "// {TRY(b())}", "auto s = \"{TRY(b())}\";"):
            with self.subTest(code):
                self.write("shared/office/fine.cpp", "Result<int> A::f() const {\n" + code + "\n}\n")
                self.assert_clean()

    def test_functions_are_blocks_whatever_stands_before_them(self):
        for head in ("Result<int> f()", "auto f() -> Result<A::B>", "auto f() noexcept -> Result<int>",
                     "Result<int> f() const override", "Result<int> f() const&"):
            with self.subTest(head):
                self.write("shared/office/fine.cpp", head + " { TRY(a()); return 1; }\n")
                self.assert_clean()


class Sizes(PlantedTree):
    lint = "sizes"

    def test_long_warns_and_too_long_fails(self):
        self.write("shared/base/long.cpp", "\n" * 450)
        self.assertFalse(self.findings()[0].fails)
        self.write("shared/base/long.cpp", "\n" * 701)
        self.assertTrue(self.findings()[0].fails)

    def test_data_is_not_counted(self):
        self.write("assets/table.h", "\n" * 5000)
        self.write("shared/base/fine.cpp", "\n" * 400)
        self.assert_clean()


class Duplicates(PlantedTree):
    lint = "duplicates"

    def test_a_copied_function_is_found(self):
        block = "".join(f"  int value_{i} = compute({i});\n" for i in range(40))
        self.write("shared/store/one.cpp", "void a() {\n" + block + "}\n")
        self.write("shared/sync/two.cpp", "int first = 1;\nvoid b() {\n// a comment\n" + block + "}\n")
        found = self.findings()
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].fails)
        self.assertIn("40 lines as in shared/store/one.cpp:2", found[0].text)

    def test_short_likeness_is_fine(self):
        block = "".join(f"  int value_{i} = compute({i});\n" for i in range(10))
        self.write("shared/store/one.cpp", block)
        self.write("shared/sync/two.cpp", block)
        self.assert_clean()


class Scripts(PlantedTree):
    lint = "scripts"

    def test_broken_shell_and_python(self):
        self.write("setup/run", "#!/bin/bash\nif true; then\n")
        self.assertIn("bash -n", self.findings()[0].text)
        self.write("setup/run", "#!/usr/bin/env python3\ndef broken(:\n")
        self.assert_found("setup/run", 2, "python")

    def test_sound_scripts(self):
        self.write("setup/run", "#!/usr/bin/env bash\nset -e\necho \"$1\"\n")
        self.write("setup/tool.py", "print('一站')\n")
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
