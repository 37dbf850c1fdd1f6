# trade_set_warnings(<target>): our own targets only; nothing of this reaches who links the library.
function(trade_set_warnings target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${TRADE_WARNINGS_AS_ERRORS}>:/WX>)
  else()
    target_compile_options(${target} PRIVATE
      -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
      -Wold-style-definition -Wundef -Wcast-qual -Wcast-align -Wwrite-strings -Wpointer-arith -Wvla
      -Wformat=2 -Wdouble-promotion -Wnull-dereference
      $<$<BOOL:${TRADE_WARNINGS_AS_ERRORS}>:-Werror>)
  endif()
endfunction()
