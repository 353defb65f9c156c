# The functions every CMakeLists.txt of the project uses.

# Flags of our own code; generated code never gets them. Designated
# initialisers leave fields out on purpose, so that one warning is off.
function(careroute_own_code target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wshadow -Wconversion -Werror
    -Wno-missing-field-initializers
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wreserved-identifier>)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# Takes the headers that a target of cmake/CMakeLists.txt has parsed: half of a
# build is spent on them.
function(careroute_precompile target from)
  if(CAREROUTE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

# All of our libraries, without programs and tests: what clang-tidy reads.
add_custom_target(careroute_libraries)

# careroute_library(NAME SOURCES ... DEPS ... [EXCEPTIONS])
# A static library of our own code. Built without exceptions unless EXCEPTIONS
# says that a third-party header of this target needs them.
function(careroute_library name)
  cmake_parse_arguments(ARG "EXCEPTIONS" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  careroute_own_code(${name})
  if(ARG_EXCEPTIONS)
    # As gRPC's users must be, so that all of these have the same flags.
    target_compile_options(${name} PRIVATE -pthread)
    careroute_precompile(${name} careroute_service_headers)
  else()
    target_compile_options(${name} PRIVATE -fno-exceptions)
    careroute_precompile(${name} careroute_library_headers)
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  add_dependencies(careroute_libraries ${name})
endfunction()

# careroute_program(NAME SOURCES ... DEPS ...)
# A program of our own code.
function(careroute_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  careroute_own_code(${name})
  target_compile_options(${name} PRIVATE -pthread)
  careroute_precompile(${name} careroute_program_headers)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()

# careroute_test(NAME SOURCES ... DEPS ... [LABELS ...] [TIMEOUT seconds])
# A GoogleTest program and its ctest entry; it runs in the source directory,
# so data files are named from the root. clang-tidy leaves it alone: on a test
# it spends a minute in the headers of GoogleTest and finds what the compilers
# find.
function(careroute_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  # For what hangs: a slow machine or a sanitizer must not decide a test.
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 1800)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  careroute_own_code(${name})
  # As gRPC's users must be, so that all tests have the same flags.
  target_compile_options(${name} PRIVATE -pthread)
  careroute_precompile(${name} careroute_test_headers)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock_main)
  add_test(NAME ${name} COMMAND ${name}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "")
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

# careroute_proto(NAME PROTOS ... DEPS ...)
# C++ messages of .proto files, generated once, treated as a system library.
# Must be called from proto/, since protobuf_generate always adds the current
# source directory to the import path.
function(careroute_proto name)
  cmake_parse_arguments(ARG "" "" "PROTOS;DEPS" ${ARGN})
  set(gen ${CMAKE_CURRENT_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${gen})
  add_library(${name} STATIC ${ARG_PROTOS})
  set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "")
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  target_include_directories(${name} SYSTEM PUBLIC ${gen})
  if(CAREROUTE_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE
      <algorithm> <google/protobuf/descriptor.h>
      <google/protobuf/extension_set.h>
      <google/protobuf/generated_message_reflection.h>
      <google/protobuf/io/coded_stream.h> <google/protobuf/map_field_inl.h>
      <google/protobuf/message.h> <google/protobuf/reflection_ops.h>
      <google/protobuf/timestamp.pb.h> <google/protobuf/wire_format.h>)
  endif()
  protobuf_generate(TARGET ${name} LANGUAGE cpp
    IMPORT_DIRS ${CMAKE_CURRENT_SOURCE_DIR} PROTOC_OUT_DIR ${gen})
endfunction()
