// lib/casework/internal/posts.h: who holds the posts of a case when a member
// leaves.
//
//   const Posts next = PostsWithout(member, state, directory);

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_POSTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_POSTS_H_

#include "absl/strings/string_view.h"
#include "lib/casework/case.h"
#include "lib/casework/context.h"

namespace careroute::casework::internal {

// Borrowed from the case and the directory.
struct Posts {
  absl::string_view coordinator;
  absl::string_view deputy;
};

// The deputy steps in for the coordinator, the head of the organisation that
// coordinates for the deputy; the head for both where the deputy leaves too or
// is out of service, and the coordinator for the deputy where there is no such
// head. Both empty when nobody is left who could coordinate.
[[nodiscard]] Posts PostsWithout(absl::string_view member, const Case& state,
                                 const DirectoryAnswers& directory);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_POSTS_H_
