# What libcareroute.so lets out, held against the golden list.
execute_process(COMMAND ${NM} -D --defined-only ${LIBRARY}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${symbols}")
set(names "")
foreach(line ${lines})
  # "0000000000012340 T careroute_call@@CAREROUTE_0"
  if(line MATCHES " A CAREROUTE_[0-9]+")
    continue()
  endif()
  string(REGEX REPLACE "^[0-9a-f]+ [A-Za-z] ([^@]+).*$" "\\1" name "${line}")
  list(APPEND names ${name})
endforeach()
list(SORT names)
list(JOIN names "\n" text)
string(APPEND text "\n")
if(DEFINED ENV{CAREROUTE_UPDATE_GOLDEN})
  file(WRITE ${GOLDEN} "${text}")
endif()
file(READ ${GOLDEN} golden)
if(NOT text STREQUAL golden)
  message(FATAL_ERROR
    "libcareroute.so lets out\n${text}and ${GOLDEN} says\n${golden}")
endif()

execute_process(COMMAND ${READELF} -d ${LIBRARY}
  OUTPUT_VARIABLE needed COMMAND_ERROR_IS_FATAL ANY)
if(needed MATCHES "NEEDED[^\n]*(grpc|gpr|gtest|gmock)")
  message(FATAL_ERROR "libcareroute.so links what it must not:\n${needed}")
endif()
