#include "lib/casework/internal/parts.h"

#include <string>

namespace careroute::casework::internal {

event::v1::PlainPart& Parts::Of(model::v1::DataClass data_class) {
  const model::v1::DataClass kept = model::v1::DataClass_IsValid(data_class)
                                        ? data_class
                                        : model::v1::DATA_CLASS_DIAGNOSIS;
  event::v1::PlainPart*& part = by_class_[static_cast<size_t>(kept)];
  if (part == nullptr) {
    part = google::protobuf::Arena::CreateMessage<event::v1::PlainPart>(arena_);
  }
  return *part;
}

void Parts::AddText(model::v1::DataClass data_class, absl::string_view field,
                    absl::string_view text) {
  if (text.empty()) {
    return;
  }
  event::v1::PlainText& one = *Of(data_class).add_texts();
  one.set_field(field.data(), field.size());
  one.set_text(text.data(), text.size());
}

void Parts::AddDocument(absl::string_view field,
                        const model::v1::Document& document) {
  if (document.kind().empty() && document.number().empty()) {
    return;
  }
  event::v1::PlainDocument& one =
      *Of(model::v1::DATA_CLASS_IDENTITY).add_documents();
  one.set_field(field.data(), field.size());
  *one.mutable_document() = document;
}

void Parts::Merge(const std::vector<ClassPart>& parts) {
  for (const ClassPart& one : parts) {
    if (one.part != nullptr && model::v1::DataClass_IsValid(one.data_class)) {
      Of(one.data_class).MergeFrom(*one.part);
    }
  }
}

std::vector<ClassPart> Parts::Take() const {
  std::vector<ClassPart> parts;
  for (size_t i = 0; i < by_class_.size(); ++i) {
    if (by_class_[i] != nullptr) {
      parts.push_back({.data_class = static_cast<model::v1::DataClass>(i),
                       .part = by_class_[i]});
    }
  }
  return parts;
}

}  // namespace careroute::casework::internal
