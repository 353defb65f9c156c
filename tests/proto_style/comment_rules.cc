#include "absl/strings/ascii.h"
#include "tests/proto_style/report.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;

template <typename D>
void NeedsComment(const D& element, base::Problems& problems) {
  pb::SourceLocation location;
  if (element.GetSourceLocation(&location) &&
      !absl::StripAsciiWhitespace(location.leading_comments).empty()) {
    return;
  }
  Report(problems, element,
         {.reason = "COMMENT",
          .message = "has no comment on the line above",
          .mend = "say what it means, with unit and limits"});
}

}  // namespace

void HaveComments(const Schema& schema, base::Problems& problems) {
  for (const pb::FileDescriptor* file : schema.files()) {
    for (int i = 0; i < file->service_count(); ++i) {
      NeedsComment(*file->service(i), problems);
    }
    for (int i = 0; i < file->extension_count(); ++i) {
      NeedsComment(*file->extension(i), problems);
    }
  }
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    NeedsComment(method, problems);
  });
  schema.ForEachMessage(
      [&](const pb::Descriptor& message) { NeedsComment(message, problems); });
  schema.ForEachField(
      [&](const pb::FieldDescriptor& field) { NeedsComment(field, problems); });
  schema.ForEachEnum([&](const pb::EnumDescriptor& type) {
    NeedsComment(type, problems);
    for (int i = 0; i < type.value_count(); ++i) {
      NeedsComment(*type.value(i), problems);
    }
  });
}

}  // namespace careroute::proto_style
