#include "tests/proto_style/schema.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/compiler/importer.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;

class TextTree final : public pb::compiler::SourceTree {
 public:
  explicit TextTree(std::map<std::string, std::string> texts)
      : texts_(std::move(texts)) {}

  pb::io::ZeroCopyInputStream* Open(const std::string& path) override {
    const auto found = texts_.find(path);
    if (found == texts_.end()) {
      return nullptr;
    }
    const std::string& text = found->second;
    return new pb::io::ArrayInputStream(text.data(),
                                        static_cast<int>(text.size()));
  }

 private:
  const std::map<std::string, std::string> texts_;
};

class ErrorList final : public pb::compiler::MultiFileErrorCollector {
 public:
  void AddError(const std::string& file, int line, int column,
                const std::string& message) override {
    absl::StrAppend(&text_, text_.empty() ? "" : "\n", file, ":", line + 1, ":",
                    column + 1, ": ", message);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void WalkMessages(const pb::Descriptor& message,
                  absl::FunctionRef<void(const pb::Descriptor&)> call) {
  if (message.options().map_entry()) {
    return;
  }
  call(message);
  for (int i = 0; i < message.nested_type_count(); ++i) {
    WalkMessages(*message.nested_type(i), call);
  }
}

}  // namespace

struct Schema::Source {
  explicit Source(std::unique_ptr<pb::compiler::SourceTree> files)
      : tree(std::move(files)),
        linked(*pb::DescriptorPool::generated_pool()),
        database(tree.get(), &linked),
        pool(&database, database.GetValidationErrorCollector()) {
    database.RecordErrorsTo(&errors);
  }

  ErrorList errors;
  std::unique_ptr<pb::compiler::SourceTree> tree;
  pb::DescriptorPoolDatabase linked;
  pb::compiler::SourceTreeDescriptorDatabase database;
  pb::DescriptorPool pool;
};

Schema::Schema(std::unique_ptr<Source> source) : source_(std::move(source)) {}
Schema::~Schema() = default;

absl::StatusOr<std::unique_ptr<Schema>> Schema::FromDirectory(
    const std::string& root) {
  std::vector<std::string> paths;
  std::error_code error;
  for (auto at = std::filesystem::recursive_directory_iterator(root, error);
       at != std::filesystem::recursive_directory_iterator();
       at.increment(error)) {
    if (at->path().extension() == ".proto") {
      paths.push_back(at->path().lexically_relative(root).generic_string());
    }
  }
  if (error || paths.empty()) {
    return absl::NotFoundError(absl::StrCat("no .proto file below ", root));
  }
  std::sort(paths.begin(), paths.end());

  auto tree = std::make_unique<pb::compiler::DiskSourceTree>();
  tree->MapPath("", root);
  std::unique_ptr<Schema> schema(
      new Schema(std::make_unique<Source>(std::move(tree))));
  if (absl::Status status = schema->Load(paths); !status.ok()) {
    return status;
  }
  return schema;
}

absl::StatusOr<std::unique_ptr<Schema>> Schema::FromTexts(
    const std::map<std::string, std::string>& texts) {
  std::vector<std::string> paths;
  paths.reserve(texts.size());
  for (const auto& [path, text] : texts) {
    paths.push_back(path);
  }
  std::unique_ptr<Schema> schema(
      new Schema(std::make_unique<Source>(std::make_unique<TextTree>(texts))));
  if (absl::Status status = schema->Load(paths); !status.ok()) {
    return status;
  }
  return schema;
}

absl::Status Schema::Load(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    const pb::FileDescriptor* file = source_->pool.FindFileByName(path);
    if (file != nullptr) {
      files_.push_back(file);
    }
  }
  if (!source_->errors.text().empty()) {
    return absl::InvalidArgumentError(source_->errors.text());
  }
  return absl::OkStatus();
}

void Schema::ForEachMessage(
    absl::FunctionRef<void(const pb::Descriptor&)> call) const {
  for (const pb::FileDescriptor* file : files_) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      WalkMessages(*file->message_type(i), call);
    }
  }
}

void Schema::ForEachField(
    absl::FunctionRef<void(const pb::FieldDescriptor&)> call) const {
  ForEachMessage([&](const pb::Descriptor& message) {
    for (int i = 0; i < message.field_count(); ++i) {
      call(*message.field(i));
    }
  });
}

void Schema::ForEachEnum(
    absl::FunctionRef<void(const pb::EnumDescriptor&)> call) const {
  for (const pb::FileDescriptor* file : files_) {
    for (int i = 0; i < file->enum_type_count(); ++i) {
      call(*file->enum_type(i));
    }
  }
  ForEachMessage([&](const pb::Descriptor& message) {
    for (int i = 0; i < message.enum_type_count(); ++i) {
      call(*message.enum_type(i));
    }
  });
}

void Schema::ForEachMethod(
    absl::FunctionRef<void(const pb::MethodDescriptor&)> call) const {
  for (const pb::FileDescriptor* file : files_) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int n = 0; n < file->service(i)->method_count(); ++n) {
        call(*file->service(i)->method(n));
      }
    }
  }
}

}  // namespace careroute::proto_style
