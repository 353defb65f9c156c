// tests/proto_style/schema.h: the .proto files with their comments, as
// descriptors.
//
// The descriptors linked into a program have no comments and no lines, so the
// sources are read again. Files of Google, and those a planted text leaves out,
// come from the linked ones.
//
//   const auto schema = Schema::FromDirectory("proto");
//   for (const auto* file : (*schema)->files()) ...

#ifndef CAREROUTE_TESTS_PROTO_STYLE_SCHEMA_H_
#define CAREROUTE_TESTS_PROTO_STYLE_SCHEMA_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace careroute::proto_style {

// Owns its descriptors. Not thread-safe.
class Schema {
 public:
  // Every .proto file below `root`, in the order of their names.
  // INVALID_ARGUMENT with file:line of each error that protoc would report.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Schema>> FromDirectory(
      const std::string& root);

  // The files of `texts`, by path below proto/.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Schema>> FromTexts(
      const std::map<std::string, std::string>& texts);

  ~Schema();

  [[nodiscard]] const std::vector<const google::protobuf::FileDescriptor*>&
  files() const {
    return files_;
  }

  // Calls with every message, nested ones after the one around them; without
  // the entries that maps are made of.
  void ForEachMessage(
      absl::FunctionRef<void(const google::protobuf::Descriptor&)> call) const;
  void ForEachField(
      absl::FunctionRef<void(const google::protobuf::FieldDescriptor&)> call)
      const;
  void ForEachEnum(
      absl::FunctionRef<void(const google::protobuf::EnumDescriptor&)> call)
      const;
  void ForEachMethod(
      absl::FunctionRef<void(const google::protobuf::MethodDescriptor&)> call)
      const;

 private:
  struct Source;
  explicit Schema(std::unique_ptr<Source> source);
  [[nodiscard]] absl::Status Load(const std::vector<std::string>& paths);

  std::unique_ptr<Source> source_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_SCHEMA_H_
