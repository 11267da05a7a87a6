# liblacuna, and liblacuna_claude beside it (the only one that links libcurl): shared and static from the objects of the
# rooms, which are compiled once. What is exported is what include/ declares with LACUNA_API; tests/install holds it to that.
set(LAC_CORE_ROOMS lac_support lac_parsers lac_packs lac_analyzer lac_drafter lac_writers lacuna_core)
# Shared it has copies of its own of what it uses, which are not exported; static it needs liblacuna beside it.
set(LAC_CLAUDE_ROOMS lac_support lac_packs_claude lac_claude)
set(LAC_CORE_LIBRARIES PkgConfig::LIBXML2 PkgConfig::LIBZIP PkgConfig::PCRE2 PkgConfig::JANSSON PkgConfig::CRYPTO
    PkgConfig::XLSXWRITER PkgConfig::SQLITE Threads::Threads m)
set(LAC_CLAUDE_LIBRARIES PkgConfig::CURL PkgConfig::SSL PkgConfig::CRYPTO PkgConfig::JANSSON Threads::Threads)
set(LAC_HEADERS lacuna.h lacuna_claude.h lacuna_draft.h lacuna_model.h lacuna_phi.h lacuna_status.h)

# lac_library(lacuna CORE): the targets lacuna_shared and lacuna_static, Lacuna::lacuna and Lacuna::lacuna_static outside.
function(lac_library name kind)
    set(objects "")
    foreach(room IN LISTS LAC_${kind}_ROOMS)
        list(APPEND objects $<TARGET_OBJECTS:${room}>)
    endforeach()
    add_library(${name}_shared SHARED ${objects})
    if(kind STREQUAL CLAUDE)
        set(objects $<TARGET_OBJECTS:lac_claude>)
    endif()
    add_library(${name}_static STATIC ${objects})
    set_target_properties(${name}_shared ${name}_static PROPERTIES
        LINKER_LANGUAGE C OUTPUT_NAME ${name}
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
    set_target_properties(${name}_shared PROPERTIES
        VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} EXPORT_NAME ${name}
        LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/${name}.map)
    set_target_properties(${name}_static PROPERTIES EXPORT_NAME ${name}_static)
    target_link_options(${name}_shared PRIVATE $<TARGET_PROPERTY:lac_flags,INTERFACE_LINK_OPTIONS>
                        -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/${name}.map)
    if(NOT LACUNA_SANITIZE)
        target_link_options(${name}_shared PRIVATE -Wl,-z,defs)
    endif()
    target_link_libraries(${name}_shared PRIVATE ${LAC_${kind}_LIBRARIES})
    target_link_libraries(${name}_static INTERFACE ${LAC_${kind}_LIBRARIES})
    foreach(target IN ITEMS ${name}_shared ${name}_static)
        target_include_directories(${target} INTERFACE $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
                                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    endforeach()
endfunction()

include(GNUInstallDirs)
lac_library(lacuna CORE)
lac_library(lacuna_claude CLAUDE)
target_link_libraries(lacuna_claude_static INTERFACE lacuna_static)
