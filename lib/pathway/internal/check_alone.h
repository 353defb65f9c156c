// lib/pathway/internal/check_alone.h: rules of a file that mean something
// before the file is part of a pathway.
//
// A block and an overlay only mean something together with a pathway. What is
// wrong with them whatever the pathway is found here, so that the person who
// writes one of them need not wait for the others.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_ALONE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_ALONE_H_

#include "careroute/model/v1/pathway.pb.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::pathway::internal {

// What binding alone writes does not stand in a file.
void CheckNotBound(const google::protobuf::Message& message,
                   base::Problems& problems);

// Ids that stand twice, parameters declared and not used, or used and not
// declared.
void CheckBlock(const model::v1::Block& block, base::Problems& problems);

// The edition of an overlay, and its sources.
void CheckOverlay(const model::v1::Overlay& overlay, base::Problems& problems);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_CHECK_ALONE_H_
