# Build helpers used by every folder. One call per target:
#
#   yz_library(NAME [SOURCES f...] [PUBLIC lib...] [PRIVATE lib...])
#       static library yizhan_NAME, alias yizhan::NAME. Without SOURCES: all *.cpp below the folder. A folder without
#       *.cpp becomes an INTERFACE library. Includes are written from the project's top: "shared/base/result.h".
#   yz_executable(NAME [SOURCES f...] LIBS lib...)
#       binary NAME in <build>/bin (release preset: build/bin). Without SOURCES: all *.cpp of the folder.
#   yz_test(NAME SOURCES f... LIBS lib... [LABEL l] [TIMEOUT s] [THREADED] [SERIAL] [NOSAN])
#       GoogleTest binary, ONE ctest entry. LABEL: unit (default), contract, flow, ui, functional, fault, fuzz.
#       THREADED: also run under ThreadSanitizer. SERIAL: never beside another test. NOSAN: not under sanitizers.
#       Runs in the project's top folder with YIZHAN_SOURCE_DIR and YIZHAN_BIN_DIR in its environment.
#   yz_fuzz(NAME SOURCES f... LIBS lib... [CORPUS folder])
#       with YIZHAN_FUZZ a libFuzzer binary; otherwise a ctest entry that runs each file of the corpus once.
#
# A library's include arrows (ARCHITECTURE.md, "Rooms") hold for its links too; setup/lint/includes.py reads both.

include_guard(GLOBAL)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)
include(CheckPIESupported)
check_pie_supported()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or Sanitize" FORCE)
endif()
if(NOT CMAKE_RUNTIME_OUTPUT_DIRECTORY)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
endif()

# Line tables only (-g1): backtraces name file and line, objects stay a third of the size.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
# Sanitizers with Clang and without optimisation: measured over six sources, 16 s of compiling against 43 s with GCC 12 at
# -O1; and so every setup/test compiles the tree with both compilers. Fuzzing wants speed at run time.
set(yz_sanitize_level -O0)
if(YIZHAN_FUZZ)
  set(yz_sanitize_level -O1)
endif()
set(CMAKE_CXX_FLAGS_SANITIZE "${yz_sanitize_level} -g1 -fno-omit-frame-pointer")
set(CMAKE_C_FLAGS_SANITIZE "${yz_sanitize_level} -g1 -fno-omit-frame-pointer")

# ---- compiler cache and linker --------------------------------------------------------------------------------
# Objects are shared between build folders and clones: paths are cut to the project's top in __FILE__ and in debug
# information, and ccache is told not to hash the working folder.
find_program(YIZHAN_CCACHE ccache)
find_program(YIZHAN_MOLD mold)
mark_as_advanced(YIZHAN_CCACHE YIZHAN_MOLD)
if(YIZHAN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${YIZHAN_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
file(RELATIVE_PATH yz_top_from_build "${CMAKE_BINARY_DIR}" "${CMAKE_SOURCE_DIR}/")
add_compile_options("-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
if(yz_top_from_build MATCHES "^\\.\\./")
  add_compile_options("-ffile-prefix-map=${yz_top_from_build}=")
endif()
if(YIZHAN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# ---- sanitizers: everything of ours, ImGui included, is built with them ---------------------------------------------
if(YIZHAN_SANITIZE)
  add_compile_options(-fsanitize=${YIZHAN_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${YIZHAN_SANITIZE})
  if(YIZHAN_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=all)
  endif()
endif()
if(YIZHAN_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "YIZHAN_FUZZ needs Clang: cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_compile_definitions(YIZHAN_FUZZING=1)
endif()
if(YIZHAN_TIDY)
  find_program(YIZHAN_CLANG_TIDY clang-tidy REQUIRED)
  set(yz_tidy_command "${YIZHAN_CLANG_TIDY};--quiet")
endif()

# ---- warnings, hardening -----------------------------------------------------------------------------------------
add_library(yizhan_options INTERFACE)
target_compile_features(yizhan_options INTERFACE cxx_std_20)
target_compile_options(yizhan_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wswitch -Wundef -Wunused -Wvla)
if(YIZHAN_WERROR)
  target_compile_options(yizhan_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wdangling-reference (13) and -Wmissing-field-initializers report correct code: designated initialisers with
  # defaults, references into containers passed by view.
  target_compile_options(yizhan_options INTERFACE -Wduplicated-cond -Wlogical-op -Wno-missing-field-initializers)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    target_compile_options(yizhan_options INTERFACE -Wno-dangling-reference)
  endif()
  # Optimisers report these through inlined library code (GCC 12: std::string +, std::variant, std::optional); they
  # stay visible but must not stop a build with another GCC.
  target_compile_options(yizhan_options INTERFACE
    -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow -Wno-error=stringop-overread
    -Wno-error=array-bounds -Wno-error=restrict -Wno-error=free-nonheap-object)
  if(YIZHAN_SANITIZE)
    target_compile_options(yizhan_options INTERFACE
      -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
    if(YIZHAN_SANITIZE MATCHES "thread")
      target_compile_options(yizhan_options INTERFACE -Wno-tsan)
    endif()
  endif()
else()
  target_compile_options(yizhan_options INTERFACE
    -Wno-missing-field-initializers -Wno-gnu-statement-expression -Wno-gnu-zero-variadic-macro-arguments
    -Wno-unknown-warning-option)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    target_include_directories(yizhan_options SYSTEM BEFORE INTERFACE "${PROJECT_SOURCE_DIR}/setup/compat/clang14")
  endif()
endif()
# For tests, after yizhan_options: GoogleTest's macros compare signed literals with sizes, shadow and convert.
add_library(yizhan_test_options INTERFACE)
target_compile_options(yizhan_test_options INTERFACE -Wno-sign-compare -Wno-conversion -Wno-shadow -Wno-cast-qual)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(yizhan_options INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
  target_link_options(yizhan_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
else()
  target_compile_definitions(yizhan_options INTERFACE _GLIBCXX_ASSERTIONS=1)
endif()

find_package(Threads REQUIRED)
target_link_libraries(yizhan_options INTERFACE Threads::Threads)

# Aggregates: what the tsan and fuzz presets build.
add_custom_target(yizhan_threaded_tests)
add_custom_target(yizhan_fuzzers)

# ---- targets -----------------------------------------------------------------------------------------------------
function(yz_common_ target)
  target_link_libraries(${target} PRIVATE yizhan_options)
  if(yz_tidy_command)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${yz_tidy_command}")
  endif()
endfunction()

function(yz_sources_ out)
  if(ARGN)
    set(${out} ${ARGN} PARENT_SCOPE)
  else()
    file(GLOB_RECURSE found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
    set(${out} ${found} PARENT_SCOPE)
  endif()
endfunction()

function(yz_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "yz_library(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  yz_sources_(sources ${arg_SOURCES})
  if(sources)
    add_library(yizhan_${name} STATIC ${sources})
    yz_common_(yizhan_${name})
    target_include_directories(yizhan_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(yizhan_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  else()
    add_library(yizhan_${name} INTERFACE)
    target_include_directories(yizhan_${name} INTERFACE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(yizhan_${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
  endif()
  add_library(yizhan::${name} ALIAS yizhan_${name})
endfunction()

function(yz_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "yz_executable(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  yz_sources_(sources ${arg_SOURCES})
  add_executable(${name} ${sources})
  yz_common_(${name})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${arg_LIBS})
endfunction()

set(yz_labels unit contract flow ui functional fault fuzz)

# What every ctest entry of ours shares.
function(yz_test_properties_ test)
  set(environment "YIZHAN_SOURCE_DIR=${PROJECT_SOURCE_DIR}" "YIZHAN_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  set(supp "${PROJECT_SOURCE_DIR}/setup/sanitizers")
  if(YIZHAN_SANITIZE MATCHES "address")
    list(APPEND environment
      "ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1:check_initialization_order=1"
      "LSAN_OPTIONS=suppressions=${supp}/lsan.supp:print_suppressions=0"
      "UBSAN_OPTIONS=print_stacktrace=1")
  elseif(YIZHAN_SANITIZE MATCHES "thread")
    list(APPEND environment "TSAN_OPTIONS=suppressions=${supp}/tsan.supp:halt_on_error=1:second_deadlock_stack=1")
  endif()
  set_tests_properties(${test} PROPERTIES WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" ENVIRONMENT "${environment}")
endfunction()

function(yz_test name)
  if(NOT YIZHAN_TESTS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "THREADED;SERIAL;NOSAN" "LABEL;TIMEOUT" "SOURCES;LIBS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "yz_test(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  if(NOT arg_LABEL IN_LIST yz_labels)
    message(FATAL_ERROR "yz_test(${name}): label '${arg_LABEL}' is none of ${yz_labels}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  if(YIZHAN_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 4")
  endif()
  yz_sources_(sources ${arg_SOURCES})
  add_executable(test_${name} ${sources})
  yz_common_(test_${name})
  target_link_libraries(test_${name} PRIVATE yizhan_test_options)
  target_include_directories(test_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(test_${name} PRIVATE ${arg_LIBS} yz::gtest)
  set_target_properties(test_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  add_test(NAME ${name} COMMAND test_${name})
  yz_test_properties_(${name})
  set(labels ${arg_LABEL})
  if(arg_THREADED)
    list(APPEND labels threaded)
    add_dependencies(yizhan_threaded_tests test_${name})
  endif()
  if(arg_NOSAN)
    list(APPEND labels nosan)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT ${arg_TIMEOUT})
  if(arg_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()

function(yz_fuzz name)
  if(NOT YIZHAN_TESTS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;LIBS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "yz_fuzz(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  yz_sources_(sources ${arg_SOURCES})
  add_executable(fuzz_${name} ${sources})
  yz_common_(fuzz_${name})
  target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(fuzz_${name} PRIVATE ${arg_LIBS})
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
  add_dependencies(yizhan_fuzzers fuzz_${name})
  set(corpus)
  if(arg_CORPUS)
    cmake_path(ABSOLUTE_PATH arg_CORPUS BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE corpus)
  endif()
  if(YIZHAN_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} -runs=20000 -max_total_time=60 "${CMAKE_BINARY_DIR}/corpus/${name}"
             ${corpus})
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/corpus/${name}")
    set(timeout 240)
  else()
    target_sources(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/setup/cmake/fuzz_main.cpp")
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${corpus})
    set(timeout 60)
  endif()
  yz_test_properties_(fuzz_${name})
  set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz TIMEOUT ${timeout})
endfunction()
