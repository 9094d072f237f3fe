# Every third-party library, found once and under one name (yz::…), so that a folder's CMakeLists.txt says what it
# needs and nothing about where it lives. Imported targets' include folders are SYSTEM: their warnings are not ours.
# A missing library is named in one warning; a target that links it then stops the configuration.

include_guard(GLOBAL)
find_package(PkgConfig REQUIRED)

set(yz_missing_libraries)

# yz_pkg_(NAME module...): yz::NAME from pkg-config modules ("sqlcipher>=4.6").
function(yz_pkg_ name)
  pkg_check_modules(YZ_${name} QUIET IMPORTED_TARGET GLOBAL ${ARGN})
  if(NOT TARGET PkgConfig::YZ_${name})
    list(APPEND yz_missing_libraries "${name} (${ARGN})")
    set(yz_missing_libraries ${yz_missing_libraries} PARENT_SCOPE)
    return()
  endif()
  add_library(yz::${name} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(yz::${name} INTERFACE PkgConfig::YZ_${name})
endfunction()

# The .pc file tells the version of SQLite inside: SQLCipher 4.6 carries 3.46. SQLITE_HAS_CODEC opens sqlite3_key().
yz_pkg_(sqlcipher "sqlcipher>=3.46")
if(TARGET yz::sqlcipher)
  target_compile_definitions(yz::sqlcipher INTERFACE SQLITE_HAS_CODEC=1)
endif()
yz_pkg_(pqxx libpqxx libpq)
yz_pkg_(curl libcurl)
yz_pkg_(openssl "openssl>=3.0")
yz_pkg_(zlib zlib)
yz_pkg_(zxing zxing)
yz_pkg_(png libpng)
yz_pkg_(jpeg libjpeg)
yz_pkg_(webp libwebp)
yz_pkg_(cbor libcbor)
yz_pkg_(gstreamer gstreamer-1.0 gstreamer-app-1.0 gstreamer-video-1.0)
yz_pkg_(cairo cairo pangocairo)
yz_pkg_(espeak espeak-ng)
yz_pkg_(argon2 libargon2)
yz_pkg_(json nlohmann_json)
yz_pkg_(toml tomlplusplus)
yz_pkg_(re2 re2)
yz_pkg_(cli11 CLI11)
yz_pkg_(spdlog spdlog)   # its .pc gives SPDLOG_COMPILED_LIB and SPDLOG_FMT_EXTERNAL
yz_pkg_(microhttpd libmicrohttpd gnutls)
yz_pkg_(sdl2 sdl2)
yz_pkg_(gl gl)
yz_pkg_(freetype freetype2)
yz_pkg_(systemd libsystemd)

find_package(Cups QUIET)   # Debian 12 has no .pc of it
if(TARGET Cups::Cups)
  add_library(yz::cups INTERFACE IMPORTED GLOBAL)
  target_link_libraries(yz::cups INTERFACE Cups::Cups)
else()
  list(APPEND yz_missing_libraries "cups (libcups2-dev)")
endif()

# The whole of OpenCV's configuration comes with all its modules; we use two.
find_path(YZ_OPENCV_INCLUDE opencv2/imgproc.hpp PATH_SUFFIXES opencv4)
find_library(YZ_OPENCV_CORE opencv_core)
find_library(YZ_OPENCV_IMGPROC opencv_imgproc)
mark_as_advanced(YZ_OPENCV_INCLUDE YZ_OPENCV_CORE YZ_OPENCV_IMGPROC)
if(YZ_OPENCV_INCLUDE AND YZ_OPENCV_CORE AND YZ_OPENCV_IMGPROC)
  add_library(yz::opencv INTERFACE IMPORTED GLOBAL)
  target_include_directories(yz::opencv SYSTEM INTERFACE "${YZ_OPENCV_INCLUDE}")
  target_link_libraries(yz::opencv INTERFACE "${YZ_OPENCV_IMGPROC}" "${YZ_OPENCV_CORE}")
else()
  list(APPEND yz_missing_libraries "opencv (libopencv-core-dev, libopencv-imgproc-dev)")
endif()

find_package(date QUIET)   # Howard Hinnant's; GCC 12's <chrono> has no time zones
if(TARGET date::date-tz)
  add_library(yz::date INTERFACE IMPORTED GLOBAL)
  target_link_libraries(yz::date INTERFACE date::date-tz date::date)
else()
  list(APPEND yz_missing_libraries "date (libhowardhinnant-date-dev)")
endif()

find_package(GTest QUIET)
if(TARGET GTest::gmock AND TARGET GTest::gtest_main)
  add_library(yz::gtest INTERFACE IMPORTED GLOBAL)
  target_link_libraries(yz::gtest INTERFACE GTest::gtest_main GTest::gmock GTest::gtest)
else()
  list(APPEND yz_missing_libraries "gtest (libgtest-dev, libgmock-dev)")
endif()

find_package(benchmark QUIET)
if(TARGET benchmark::benchmark)
  add_library(yz::benchmark INTERFACE IMPORTED GLOBAL)
  target_link_libraries(yz::benchmark INTERFACE benchmark::benchmark)
else()
  list(APPEND yz_missing_libraries "benchmark (libbenchmark-dev)")
endif()

if(yz_missing_libraries)
  list(JOIN yz_missing_libraries ", " yz_missing_text)
  message(WARNING "Libraries not found: ${yz_missing_text}. Run setup/deps first.")
endif()
