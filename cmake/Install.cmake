# What is installed, in three components that are three Debian packages: the program, the shared libraries, and what is
# needed to build against them. Data files are inside the library; nothing else has to be found at run time.
include(CMakePackageConfigHelpers)
set(LAC_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Lacuna)

install(TARGETS lacuna RUNTIME COMPONENT cli)
install(TARGETS lacuna_shared lacuna_claude_shared EXPORT LacunaTargets
        LIBRARY COMPONENT library NAMELINK_COMPONENT devel)
install(TARGETS lacuna_static lacuna_claude_static EXPORT LacunaStaticTargets ARCHIVE COMPONENT devel)
list(TRANSFORM LAC_HEADERS PREPEND ${CMAKE_SOURCE_DIR}/include/)
install(FILES ${LAC_HEADERS} TYPE INCLUDE COMPONENT devel)
install(EXPORT LacunaTargets NAMESPACE Lacuna:: DESTINATION ${LAC_CMAKE_DIR} COMPONENT devel)
install(EXPORT LacunaStaticTargets NAMESPACE Lacuna:: DESTINATION ${LAC_CMAKE_DIR} COMPONENT devel)

configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/LacunaConfig.cmake.in ${CMAKE_BINARY_DIR}/LacunaConfig.cmake
                              INSTALL_DESTINATION ${LAC_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/LacunaConfigVersion.cmake COMPATIBILITY SameMajorVersion)
foreach(name IN ITEMS lacuna lacuna_claude)
    configure_file(${CMAKE_SOURCE_DIR}/cmake/${name}.pc.in ${CMAKE_BINARY_DIR}/${name}.pc @ONLY)
    install(FILES ${CMAKE_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT devel)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/LacunaConfig.cmake ${CMAKE_BINARY_DIR}/LacunaConfigVersion.cmake
        DESTINATION ${LAC_CMAKE_DIR} COMPONENT devel)

# ---- Debian packages: cpack -G DEB --config build/release/CPackConfig.cmake ------------------------------------------
set(LAC_PACKAGES cli lacuna library liblacuna${PROJECT_VERSION_MAJOR} devel liblacuna-dev)
find_program(GZIP gzip)
set(CPACK_PACKAGE_NAME lacuna)
set(CPACK_PACKAGE_CONTACT "Lacuna maintainers <maintainers@lacuna.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL cli library devel)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/lib)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION science)
set(CPACK_DEBIAN_CLI_PACKAGE_RECOMMENDS poppler-utils)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEVEL_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVEL_PACKAGE_DEPENDS "liblacuna${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}), libc6-dev, \
libxml2-dev, libzip-dev, libpcre2-dev, libjansson-dev, libssl-dev, libsqlite3-dev, libxlsxwriter-dev, libcurl4-openssl-dev")
set(CPACK_COMPONENT_CLI_DESCRIPTION "Tells what is missing from a clinical protocol, a study report, a consent form
or an eCTD submission, item by item of published checklists, with quotes and
places. Works offline; also a worker and an MCP server for other programs.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The shared libraries. liblacuna reads documents and submissions and holds
them to checklists; liblacuna_claude lets it ask a model. Only the latter links
a network library.")
set(CPACK_COMPONENT_DEVEL_DESCRIPTION "Headers, static libraries, pkg-config and CMake files of liblacuna and
liblacuna_claude.")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/debian)
set(packages ${LAC_PACKAGES})
while(packages)
    list(POP_FRONT packages component package)
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
    install(FILES ${CMAKE_SOURCE_DIR}/cmake/debian/copyright DESTINATION share/doc/${package} COMPONENT ${component}
            EXCLUDE_FROM_ALL)
    if(GZIP)
        set(changelog ${CMAKE_BINARY_DIR}/debian/${package}/changelog.gz)
        file(READ ${CMAKE_SOURCE_DIR}/cmake/debian/changelog text)
        file(WRITE ${CMAKE_BINARY_DIR}/debian/${package}/changelog "${text}")
        execute_process(COMMAND ${GZIP} -9nf ${CMAKE_BINARY_DIR}/debian/${package}/changelog)
        install(FILES ${changelog} DESTINATION share/doc/${package} COMPONENT ${component} EXCLUDE_FROM_ALL)
    endif()
endwhile()
file(WRITE ${CMAKE_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/debian/triggers)
include(CPack)
