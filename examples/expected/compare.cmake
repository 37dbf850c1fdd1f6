# cmake -DCOMMAND="program;argument;..." -DEXPECTED=file -P compare.cmake: runs the program and compares what it prints.
execute_process(COMMAND ${COMMAND} OUTPUT_VARIABLE printed ERROR_VARIABLE errors RESULT_VARIABLE result)
file(READ ${EXPECTED} expected)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${COMMAND} ended with ${result}\n${errors}")
elseif(NOT printed STREQUAL expected)
  message(FATAL_ERROR "${COMMAND} does not print what stands in ${EXPECTED}, but:\n${printed}")
endif()
