#include "tests/proto_style/reach.h"

#include <set>
#include <string>

#include "absl/strings/match.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;
namespace options = careroute::options::v1;

class Reach {
 public:
  void Add(const pb::Descriptor& message) {
    if (!seen_.insert(message.full_name()).second) {
      return;
    }
    messages_.push_back(&message);
    for (int i = 0; i < message.field_count(); ++i) {
      if (const pb::Descriptor* below = OurMessage(*message.field(i))) {
        Add(*below);
      }
    }
  }
  [[nodiscard]] std::vector<const pb::Descriptor*> Take() {
    return std::move(messages_);
  }

 private:
  std::set<std::string> seen_;
  std::vector<const pb::Descriptor*> messages_;
};

}  // namespace

const options::FieldRules& OptionsOf(const pb::FieldDescriptor& field) {
  return field.options().GetExtension(options::field);
}

const options::MessageRules& OptionsOf(const pb::Descriptor& message) {
  return message.options().GetExtension(options::message);
}

const pb::Descriptor* OurMessage(const pb::FieldDescriptor& field) {
  const pb::FieldDescriptor* held =
      field.is_map() ? field.message_type()->map_value() : &field;
  const pb::Descriptor* message = held->message_type();
  if (message != nullptr &&
      absl::StartsWith(message->full_name(), "careroute.")) {
    return message;
  }
  return nullptr;
}

std::vector<const pb::Descriptor*> Requests(const Schema& schema) {
  Reach reach;
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    reach.Add(*method.input_type());
  });
  return reach.Take();
}

std::vector<const pb::Descriptor*> Replies(const Schema& schema) {
  Reach reach;
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    reach.Add(*method.output_type());
  });
  return reach.Take();
}

}  // namespace careroute::proto_style
