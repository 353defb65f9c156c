// tests/proto_style/descriptor_lines.h: the whole contract as sorted lines, and
// what a change of it breaks.
//
//   field careroute.model.v1.Case 1 string name
//   reserved careroute.model.v1.Case 30
//   value careroute.model.v1.CaseState 1 CASE_STATE_OPEN
//   method careroute.api.v1.CaseService GetCase ...Request ...Response
//
// Comments and options are left out: they may change freely.

#ifndef CAREROUTE_TESTS_PROTO_STYLE_DESCRIPTOR_LINES_H_
#define CAREROUTE_TESTS_PROTO_STYLE_DESCRIPTOR_LINES_H_

#include <string>
#include <vector>

#include "tests/proto_style/schema.h"

namespace careroute::proto_style {

// In the order of the files, and of the numbers in each type.
[[nodiscard]] std::vector<std::string> DescriptorLines(const Schema& schema);

// Why bytes or JSON written under `before` could no longer be read, or calls
// no longer be made, under `after`; one sentence each, empty = nothing breaks.
// Adding is free. A field or enum value goes only when its number is reserved.
[[nodiscard]] std::vector<std::string> Breaks(
    const std::vector<std::string>& before,
    const std::vector<std::string>& after);

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_DESCRIPTOR_LINES_H_
