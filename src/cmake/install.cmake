# The install target: library, headers, licence, a CMake package and a pkg-config file. All of it can be moved afterwards.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/tradestat)

install(TARGETS tradestat EXPORT tradestat INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The library depends on nothing that would have to be found first, so the exported targets are the whole package.
install(EXPORT tradestat NAMESPACE tradestat:: DESTINATION ${package_directory} FILE tradestat-config.cmake)
# Before 1.0 a minor version may change the ABI.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tradestat-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tradestat-config-version.cmake DESTINATION ${package_directory})

# pkg-config finds the prefix from where the file lies, unless libdir was given as an absolute path.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else()
  file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(PC_PREFIX "\${pcfiledir}/${up}")
endif()
foreach(directory LIBDIR INCLUDEDIR)
  set(PC_${directory} ${CMAKE_INSTALL_${directory}})
  cmake_path(ABSOLUTE_PATH PC_${directory} BASE_DIRECTORY "\${prefix}")
endforeach()
# Who links the archive has to link what it needs, without asking pkg-config for --static.
get_target_property(type tradestat TYPE)
if(UNIX AND type STREQUAL "STATIC_LIBRARY")
  set(PC_LIBM " -lm")
elseif(UNIX)
  set(PC_LIBM_PRIVATE " -lm")
endif()
configure_file(src/cmake/tradestat.pc.in ${PROJECT_BINARY_DIR}/tradestat.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/tradestat.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
