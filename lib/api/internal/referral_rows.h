// lib/api/internal/referral_rows.h: rows of a queue as referrals.

#ifndef CAREROUTE_LIB_API_INTERNAL_REFERRAL_ROWS_H_
#define CAREROUTE_LIB_API_INTERNAL_REFERRAL_ROWS_H_

#include <vector>

#include "careroute/model/v1/referral.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"
#include "lib/store/index_store.h"

namespace careroute::api::internal {

struct ReferralRows {
  // In the order of the rows; those the caller takes no part in are left out.
  std::vector<model::v1::Referral> referrals;
  access::DataClassSet classes;
  bool hides = false;  // some were left out for that
};

// Reads the case of each row, or the referral itself when its case lives at
// another hub, and shows the referral as the caller may see it:
// what the folded case says, whom it is about and how to speak with them. What
// else was disclosed and the entries are read one referral at a time.
void ReadRows(engine::Engine& engine, const CallPtr& call,
              const std::vector<store::IndexRow>& listed,
              base::Done<ReferralRows> done);

// The whole history of a case, page by page.
void ReadAllHistory(engine::Engine& engine, base::Uid case_uid,
                    base::Done<std::vector<engine::CaseHistory>> done);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_REFERRAL_ROWS_H_
