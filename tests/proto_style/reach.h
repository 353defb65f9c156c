// tests/proto_style/reach.h: what a request or a reply can hold, at any depth.
//
//   for (const auto* message : Replies(schema)) ...

#ifndef CAREROUTE_TESTS_PROTO_STYLE_REACH_H_
#define CAREROUTE_TESTS_PROTO_STYLE_REACH_H_

#include <vector>

#include "careroute/options/v1/options.pb.h"
#include "google/protobuf/descriptor.h"
#include "tests/proto_style/schema.h"

namespace careroute::proto_style {

[[nodiscard]] const careroute::options::v1::FieldRules& OptionsOf(
    const google::protobuf::FieldDescriptor& field);
[[nodiscard]] const careroute::options::v1::MessageRules& OptionsOf(
    const google::protobuf::Descriptor& message);

// The message of ours that a field or the values of a map hold; nullptr for
// plain values and for messages of Google, which count as values.
[[nodiscard]] const google::protobuf::Descriptor* OurMessage(
    const google::protobuf::FieldDescriptor& field);

// Every message that some request or reply can hold, itself included; each
// once, those of the first method first.
[[nodiscard]] std::vector<const google::protobuf::Descriptor*> Requests(
    const Schema& schema);
[[nodiscard]] std::vector<const google::protobuf::Descriptor*> Replies(
    const Schema& schema);

}  // namespace careroute::proto_style

#endif  // CAREROUTE_TESTS_PROTO_STYLE_REACH_H_
