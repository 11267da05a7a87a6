# Compiler flags every target of ours gets: warnings, hardening (OpenSSF guide, as far as gcc 12
# knows it) and the sanitizers asked for. Linked through the interface target lac_flags.
add_library(lac_flags INTERFACE)
target_include_directories(lac_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(lac_flags INTERFACE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)
target_compile_options(lac_flags INTERFACE
    -Wall -Wextra -Wconversion -Wformat=2 -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wimplicit-fallthrough -Wundef -Wvla -fvisibility=hidden
    -fstack-protector-strong -fno-strict-aliasing -fno-delete-null-pointer-checks
    -fno-strict-overflow)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(lac_flags INTERFACE
        -Wbidi-chars=any -Wtrampolines -fstack-clash-protection -fcf-protection=full
        -ftrivial-auto-var-init=zero)
endif()
if(LACUNA_WERROR)
    target_compile_options(lac_flags INTERFACE -Werror)
endif()
if(LACUNA_SANITIZE)
    target_compile_options(lac_flags INTERFACE
        -fsanitize=${LACUNA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(lac_flags INTERFACE -fsanitize=${LACUNA_SANITIZE})
else()
    target_compile_options(lac_flags INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
endif()
if(LACUNA_FUZZ)
    target_compile_options(lac_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_options(lac_flags INTERFACE -Wl,-z,noexecstack,-z,relro,-z,now,--as-needed)
