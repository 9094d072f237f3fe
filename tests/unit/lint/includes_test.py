import unittest

from planted import PlantedTree


class Includes(PlantedTree):
    lint = "includes"

    def setUp(self):
        super().setUp()
        self.write("shared/base/result.h", "#pragma once\n")
        self.write("shared/domain/queue/ticket.h", '#pragma once\n#include "shared/base/result.h"\n')

    def test_arrows_of_the_house_are_allowed(self):
        self.write("shared/crypto/keys.h", '#include "shared/base/result.h"\n#include <openssl/evp.h>\n')
        self.write("shared/store/store.h", '#include "shared/crypto/keys.h"\n#include <sqlite3.h>\n')
        self.write("shared/office/office.cpp", '#include "shared/store/store.h"\n#include "shared/crypto/keys.h"\n')
        self.write("kiosk/app/main.cpp", '#include "shared/office/office.h"\n#include <SDL.h>\n#include <imgui.h>\n')
        self.write("shared/office/office.h", "")
        self.write("tests/unit/store/store_test.cpp", '#include <gtest/gtest.h>\n#include "shared/store/store.h"\n')
        self.assert_clean()

    def test_domain_never_includes_store(self):
        self.write("shared/store/store.h", "")
        self.write("shared/domain/bad.cpp", '#include <string>\n#include "shared/store/store.h"\n')
        self.assert_found("shared/domain/bad.cpp", 2, "shared/domain may include shared/base")

    def test_domain_never_includes_curl_sql_or_imgui(self):
        for header in ("curl/curl.h", "sqlite3.h", "pqxx/pqxx", "imgui.h", "libpq-fe.h", "SDL2/SDL.h"):
            with self.subTest(header):
                self.write("shared/domain/bad.h", f"#include <{header}>\n")
                self.assert_found("shared/domain/bad.h", 1, "belongs to")

    def test_domain_does_no_io(self):
        self.write("shared/domain/bad.cpp", "#include <fstream>\n")
        self.assert_found("shared/domain/bad.cpp", 1, "no I/O")

    def test_an_exception_to_that_needs_a_reason(self):
        self.write("shared/domain/load.cpp", "#include <fstream>  // lint: allow io -- one file, read once at start\n")
        self.assert_clean()

    def test_a_mode_never_includes_another_mode(self):
        self.write("kiosk/counter/page.h", "")
        self.write("kiosk/resident/bad.cpp", '#include "kiosk/counter/page.h"\n')
        self.assert_found("kiosk/resident/bad.cpp", 1, "a mode never includes another mode")

    def test_imgui_stays_in_kiosk_ui(self):
        self.write("kiosk/ui/widgets.cpp", '#include <imgui.h>\n#include "imgui_internal.h"\n')
        self.write("kiosk/resident/bad.cpp", '#include "imgui.h"\n')
        found = [f for f in self.findings() if f.path == "kiosk/resident/bad.cpp"]
        self.assertEqual(len(found), 1)

    def test_shared_never_includes_peripherals(self):
        self.write("peripherals/api/device.h", "")
        self.write("shared/office/bad.cpp", '#include "peripherals/api/device.h"\n')
        self.assert_found("shared/office/bad.cpp", 1, "shared never includes peripherals")

    def test_benchmarks_alone_measure_on_the_tests_pictures(self):
        self.write("tests/support/pictures.h", "")
        self.write("tools/bench/good.cpp", '#include "tests/support/pictures.h"\n')
        self.write("tools/ctl/bad.cpp", '#include "tests/support/pictures.h"\n')
        found = self.findings()
        self.assertEqual([f.path for f in found], ["tools/ctl/bad.cpp"])

    def test_nothing_includes_tools(self):
        self.write("tools/ctl/args.h", "")
        for path in ("kiosk/app/bad.cpp", "shared/base/bad.cpp", "tools/platform/bad.cpp", "tests/unit/base/bad.cpp"):
            with self.subTest(path):
                self.write(path, '#include "tools/ctl/args.h"\n')
                self.assert_found(path, 1, "nothing includes tools")
                self.write(path, "")

    def test_a_tools_own_tests_may_include_it(self):
        self.write("tools/ctl/args.h", "")
        self.write("tests/unit/tools/ctl/args_test.cpp", '#include "tools/ctl/args.h"\n')
        self.write("tests/fuzz/ctl/args_fuzz.cpp", '#include "tools/ctl/args.h"\n')
        self.assert_clean()

    def test_platform_never_includes_syncs_codecs(self):
        self.write("shared/sync/codec.h", "")
        self.write("tools/platform/bad.cpp", '#include "shared/sync/codec.h"\n')
        self.assert_found("tools/platform/bad.cpp", 1, "tools/platform may include")

    def test_peripherals_api_shows_no_vendor(self):
        self.write("peripherals/api/bad.h", "#include <libserialport.h>\n")
        self.assert_found("peripherals/api/bad.h", 1, "libserialport belongs to")

    def test_comments_are_not_includes(self):
        self.write("shared/domain/fine.h", '// #include <curl/curl.h>\n/* #include "kiosk/app/x.h" */\n')
        self.assert_clean()

    def test_includes_are_written_from_the_top(self):
        self.write("shared/domain/queue/bad.cpp", '#include "ticket.h"\n')
        self.assert_found("shared/domain/queue/bad.cpp", 1, "from the project's top")

    def test_a_header_that_is_not_there(self):
        self.write("shared/domain/bad.cpp", '#include "shared/base/gone.h"\n')
        self.assert_found("shared/domain/bad.cpp", 1, "no such file")

    def test_an_unknown_room(self):
        self.write("shared/misc/x.h", "")
        self.assert_found("shared/misc/x.h", 1, "not in a room")


class Links(PlantedTree):
    lint = "includes"

    def setUp(self):
        super().setUp()
        for room, name in (("shared/base", "base"), ("shared/store", "store"), ("kiosk/counter", "counter")):
            self.write(f"{room}/CMakeLists.txt", f"yz_library({name})\n")

    def test_a_domain_that_links_store(self):
        self.write("shared/domain/CMakeLists.txt",
                   "yz_library(domain\n  PUBLIC yizhan::base\n  PRIVATE yizhan::store) # yizhan::counter\n")
        self.assert_found("shared/domain/CMakeLists.txt", 3, "links yizhan::store")

    def test_a_mode_that_links_another(self):
        self.write("kiosk/resident/CMakeLists.txt", "yz_library(resident PUBLIC yizhan_counter)\n")
        self.assert_found("kiosk/resident/CMakeLists.txt", 1, "a mode never includes another mode")

    def test_third_party_libraries_stay_in_their_rooms(self):
        self.write("shared/office/CMakeLists.txt", "yz_library(office PUBLIC yizhan::store PRIVATE yz::curl)\n")
        self.assert_found("shared/office/CMakeLists.txt", 1, "curl belongs to")

    def test_links_of_the_house_are_allowed(self):
        self.write("shared/sync/CMakeLists.txt", "yz_library(sync PUBLIC yizhan::base PRIVATE yz::curl yz::json)\n")
        self.write("kiosk/app/CMakeLists.txt", "yz_executable(yizhan-kiosk LIBS yizhan::counter yizhan_store yz::sdl2)\n")
        self.write("tests/unit/store/CMakeLists.txt",
                   "yz_test(store SOURCES a.cpp LIBS yizhan::store yz::sqlcipher)\n"
                   "target_link_libraries(test_store PRIVATE yizhan_imgui)\n")
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
