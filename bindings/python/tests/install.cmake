# cmake -D python=... -D environment=... -D source=... [-D library=...] \
#   -P install.cmake
# Makes a clean virtual environment with the wheel and what its tests need. With
# `library` the wheel holds that libcareroute.so instead of building one.
file(REMOVE_RECURSE ${environment})
execute_process(COMMAND ${python} -m venv ${environment}
  COMMAND_ERROR_IS_FATAL ANY)
set(pip ${environment}/bin/python -m pip --disable-pip-version-check -q)
set(settings)
if(library)
  set(settings --config-settings=cmake.define.CAREROUTE_LIBRARY=${library}
    --config-settings=build-dir=${environment}/build)
endif()
execute_process(COMMAND ${pip} install ${settings} "${source}[test]"
  COMMAND_ERROR_IS_FATAL ANY)
