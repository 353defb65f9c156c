// lib/casework/internal/parts.h: what a decision has to say that must be
// sealed, class by class.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_PARTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_PARTS_H_

#include <array>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/document.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/decide.h"

namespace careroute::casework::internal {

class Parts {
 public:
  explicit Parts(google::protobuf::Arena* arena) : arena_(arena) {}

  // Made when first asked for. A class this release does not know, as another
  // hub may state one, may be anything: it is kept as the most guarded one.
  [[nodiscard]] event::v1::PlainPart& Of(model::v1::DataClass data_class);

  // Empty texts and absent documents are passed over.
  void AddText(model::v1::DataClass data_class, absl::string_view field,
               absl::string_view text);
  // A document names who it was issued to and by: class IDENTITY.
  void AddDocument(absl::string_view field,
                   const model::v1::Document& document);
  // Parts made elsewhere, merged into those of their class.
  void Merge(const std::vector<ClassPart>& parts);

  [[nodiscard]] std::vector<ClassPart> Take() const;

 private:
  google::protobuf::Arena* arena_;
  std::array<event::v1::PlainPart*, size_t{model::v1::DataClass_MAX} + 1>
      by_class_{};
};

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_PARTS_H_
