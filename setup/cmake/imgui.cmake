# Dear ImGui from source as target yizhan_imgui: core, SDL2 and OpenGL 3 backends, FreeType, std::string inputs.
# Where from, in this order: -DIMGUI_DIR=, $IMGUI_DIR, what setup/deps recorded in build/deps/imgui.dir.
# The test-engine hooks (ImGuiTestEngineHook_*) are compiled in and are defined by kiosk/ui: whoever links this
# library without kiosk/ui must define them.

include_guard(GLOBAL)

set(yz_imgui_dir "${IMGUI_DIR}")
if(NOT yz_imgui_dir)
  set(yz_imgui_dir "$ENV{IMGUI_DIR}")
endif()
set(yz_imgui_record "${PROJECT_SOURCE_DIR}/build/deps/imgui.dir")
if(NOT yz_imgui_dir AND EXISTS "${yz_imgui_record}")
  file(READ "${yz_imgui_record}" yz_imgui_dir)
  string(STRIP "${yz_imgui_dir}" yz_imgui_dir)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${yz_imgui_record}")
endif()

if(NOT yz_imgui_dir OR NOT EXISTS "${yz_imgui_dir}/imgui.h")
  message(WARNING "Dear ImGui not found (IMGUI_DIR='${yz_imgui_dir}'). Run setup/deps or give -DIMGUI_DIR=.")
  return()
endif()
if(NOT TARGET yz::sdl2 OR NOT TARGET yz::freetype OR NOT TARGET yz::gl)
  message(WARNING "Dear ImGui is not built: SDL2, FreeType or OpenGL is missing. Run setup/deps.")
  return()
endif()
file(STRINGS "${yz_imgui_dir}/imgui.h" yz_imgui_version REGEX "#define[ \t]+IMGUI_VERSION_NUM[ \t]")
string(REGEX MATCH "[0-9]+" yz_imgui_version "${yz_imgui_version}")
if(yz_imgui_version LESS 19200)
  message(FATAL_ERROR "Dear ImGui in ${yz_imgui_dir} is ${yz_imgui_version}; 19200 (1.92) or newer is needed.")
endif()

add_library(yizhan_imgui STATIC
  "${yz_imgui_dir}/imgui.cpp"
  "${yz_imgui_dir}/imgui_draw.cpp"
  "${yz_imgui_dir}/imgui_tables.cpp"
  "${yz_imgui_dir}/imgui_widgets.cpp"
  "${yz_imgui_dir}/backends/imgui_impl_sdl2.cpp"
  "${yz_imgui_dir}/backends/imgui_impl_opengl3.cpp"
  "${yz_imgui_dir}/misc/freetype/imgui_freetype.cpp"
  "${yz_imgui_dir}/misc/cpp/imgui_stdlib.cpp")
target_include_directories(yizhan_imgui SYSTEM PUBLIC
  "${yz_imgui_dir}" "${yz_imgui_dir}/backends" "${yz_imgui_dir}/misc/freetype" "${yz_imgui_dir}/misc/cpp")
target_compile_definitions(yizhan_imgui PUBLIC
  IMGUI_USE_WCHAR32           # names in GB 18030-2022 level 3 lie beyond the BMP
  IMGUI_ENABLE_FREETYPE
  IMGUI_ENABLE_TEST_ENGINE    # the cross-check of the accessible tree
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_DEMO_WINDOWS)
target_compile_options(yizhan_imgui PRIVATE -w -O2)   # in debug and sanitizer builds too: frames must stay quick
target_link_libraries(yizhan_imgui PUBLIC yz::sdl2 yz::freetype yz::gl PRIVATE ${CMAKE_DL_LIBS})
message(STATUS "Dear ImGui ${yz_imgui_version} from ${yz_imgui_dir}")
