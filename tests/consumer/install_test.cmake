# Installs BUILD into an empty prefix below WORK, moves it, and builds and runs
# the project SOURCE against what is there, by CMake and by pkg-config.

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first)
# Nothing may remember where it was installed.
file(RENAME ${WORK}/first ${WORK}/prefix)

foreach(file
    include/careroute/careroute.h
    ${LIBDIR}/libcareroute.so
    ${LIBDIR}/libcareroute.a
    ${LIBDIR}/pkgconfig/careroute.pc
    share/careroute/catalogue/calendars/ru-2026.1.textproto
    share/careroute/proto/careroute/config/v1/embedded.proto)
  if(NOT EXISTS ${WORK}/prefix/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()

run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${SOURCE} -B ${WORK}/build
  -D CMAKE_C_COMPILER=${CC} "-DCMAKE_C_FLAGS=${CFLAGS}"
  -D careroute_ROOT=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CTEST} --test-dir ${WORK}/build --output-on-failure)

set(ENV{PKG_CONFIG_PATH} ${WORK}/prefix/${LIBDIR}/pkgconfig)
set(ENV{LD_LIBRARY_PATH} ${WORK}/prefix/${LIBDIR})
separate_arguments(compile UNIX_COMMAND "${CC} ${CFLAGS} -std=c11")
foreach(name careroute careroute-static)
  execute_process(COMMAND ${PKG_CONFIG} --cflags --libs ${name}
    OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run(${compile} ${SOURCE}/consumer.c -o ${WORK}/by-pkg-config ${flags})
  execute_process(COMMAND ${PKG_CONFIG} --variable=catalogue ${name}
    OUTPUT_VARIABLE catalogue OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  run(${WORK}/by-pkg-config ${catalogue})
endforeach()
