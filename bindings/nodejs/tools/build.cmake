# cmake -D NPM=npm -D HOME=bindings/nodejs -P build.cmake
#
# Installs what package-lock.json names, unless it is there, and builds the
# package and its tests.

set(installed ${HOME}/node_modules/.package-lock.json)
if(NOT EXISTS ${installed}
    OR ${HOME}/package-lock.json IS_NEWER_THAN ${installed})
  execute_process(COMMAND ${NPM} ci --no-audit --no-fund
    WORKING_DIRECTORY ${HOME} COMMAND_ERROR_IS_FATAL ANY)
endif()
foreach(step build tests)
  execute_process(COMMAND ${NPM} run ${step}
    WORKING_DIRECTORY ${HOME} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
