// tests/proto_style/report.h: how a rule names the element it complains of.
//
//   Report(problems, field, {.reason = "TIME_SUFFIX", ...});

#ifndef CAREROUTE_TESTS_PROTO_STYLE_REPORT_H_
#define CAREROUTE_TESTS_PROTO_STYLE_REPORT_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "lib/base/problems.h"

namespace careroute::proto_style {

inline const google::protobuf::FileDescriptor& FileOf(
    const google::protobuf::EnumValueDescriptor& value) {
  return *value.type()->file();
}
inline const google::protobuf::FileDescriptor& FileOf(
    const google::protobuf::MethodDescriptor& method) {
  return *method.service()->file();
}
template <typename D>
const google::protobuf::FileDescriptor& FileOf(const D& element) {
  return *element.file();
}

struct Complaint {
  absl::string_view reason;
  std::string message;
  std::string mend;
};

// `element` is any descriptor but a file's.
template <typename D>
void Report(base::Problems& problems, const D& element, Complaint complaint) {
  base::Problem problem;
  problem.path = element.full_name();
  problem.file = absl::StrCat("proto/", FileOf(element).name());
  google::protobuf::SourceLocation location;
  if (element.GetSourceLocation(&location)) {
    problem.line = location.start_line + 1;
  }
  problem.reason = std::string(complaint.reason);
  problem.message = std::move(complaint.message);
  problem.mend = std::move(complaint.mend);
  problems.Add(std::move(problem));
}

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_REPORT_H_
