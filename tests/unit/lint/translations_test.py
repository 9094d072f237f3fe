import unittest

from planted import PlantedTree

HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"MIME-Version: 1.0\\n"\n'
          '"Content-Transfer-Encoding: 8bit\\n"\n\n')


def entry(key, text):
    return f'msgid "{key}"\nmsgstr "{text}"\n\n'


class Translations(PlantedTree):
    lint = "translations"

    def catalogs(self, zh, en):
        self.write("assets/i18n/zh_CN.po", HEADER + zh)
        self.write("assets/i18n/en.po", HEADER + en)

    def test_complete_catalogs(self):
        self.write("kiosk/resident/home.cpp", 'draw(tr("home.title"));\nreturn Error::make("paper_end", Retry::later);\n')
        self.catalogs(entry("home.title", "您好") + entry("error.paper_end", "缺纸"),
                      entry("home.title", "Hello") + entry("error.paper_end", "Out of paper"))
        self.assert_clean()

    def test_a_key_without_an_entry(self):
        self.write("kiosk/resident/home.cpp", '\ndraw(tr("home.title"));\n')
        self.catalogs(entry("home.title", "您好"), "")
        self.assert_found("kiosk/resident/home.cpp", 2, "'home.title' has no entry in assets/i18n/en.po")

    def test_a_key_put_together_at_run_time_needs_entries_that_begin_so(self):
        self.write("kiosk/technician/page.cpp", 'ui.tr("state." + state);\n')
        self.catalogs(entry("state.ready", "就绪"), entry("state.ready", "Ready"))
        self.assert_clean()
        self.catalogs(entry("other", "其他"), entry("other", "Other"))
        self.assertEqual(len(self.findings()), 2)

    def test_an_error_code_without_an_entry(self):
        self.write("shared/store/database.cpp", 'return Error::make(\n    "store_plain_file");\n')
        self.catalogs("", entry("error.store_plain_file", "Not encrypted"))
        self.assert_found("shared/store/database.cpp", 1, "'error.store_plain_file' has no entry in assets/i18n/zh_CN.po")

    def test_command_lines_and_comments_need_none(self):
        self.write("tools/ctl/main.cpp", 'return Error::make("usage");\n')
        self.write("kiosk/resident/home.cpp", '// tr("gone")\n')
        self.catalogs("", "")
        self.assert_clean()

    def test_fuzzy_and_empty_entries(self):
        self.catalogs("#, fuzzy\n" + entry("a", "甲"), entry("a", "A"))
        self.assert_found("assets/i18n/zh_CN.po", 8, "fuzzy")
        self.catalogs(entry("a", ""), entry("a", "A"))
        self.assert_found("assets/i18n/zh_CN.po", 7, "empty")

    def test_a_multi_line_entry_is_not_empty(self):
        self.catalogs('msgid "a"\nmsgstr ""\n"甲"\n"乙"\n', entry("a", "A"))
        self.assert_clean()

    def test_the_languages_have_the_same_keys_and_placeholders(self):
        self.catalogs(entry("a", "甲") + entry("b", "乙"), entry("a", "A"))
        self.assert_found("assets/i18n/zh_CN.po", 10, "'b' has no entry in assets/i18n/en.po")
        self.catalogs(entry("a", "还有 {n} 人"), entry("a", "{count} people"))
        self.assert_found("assets/i18n/en.po", 7, "other placeholders")

    def test_msgfmt_is_asked(self):
        self.catalogs(entry("a", "甲") + entry("a", "再一次"), entry("a", "A"))
        self.assert_found("assets/i18n/zh_CN.po", 1, "msgfmt")

    def test_a_missing_catalog(self):
        self.write("assets/i18n/en.po", HEADER)
        self.assert_found("assets/i18n/zh_CN.po", 1, "missing")


if __name__ == "__main__":
    unittest.main()
