// services/command/render_posts.h: what became of the posts of many cases.

#ifndef CAREROUTE_SERVICES_COMMAND_RENDER_POSTS_H_
#define CAREROUTE_SERVICES_COMMAND_RENDER_POSTS_H_

#include <string>

#include "careroute/api/v1/case_post_messages.pb.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "services/command/screen.h"
#include "services/command/wall.h"

namespace careroute::services {

struct PostsOptions {
  Wall wall;
  Screen screen;
  // False: nothing was stored, and the words say what could be.
  bool applied = false;
};

// How many cases each member is offered, by name, and until when it is absent;
// below, each case that nobody was offered, and why.
[[nodiscard]] std::string RenderHandOver(
    const api::v1::HandOverCasesResponse& reply, const PostsOptions& options);

// Each offer: accepted, or why it was not.
[[nodiscard]] std::string RenderAcceptance(
    const api::v1::AcceptPostsResponse& reply, const PostsOptions& options);

// Each case of whoever leaves: in whose hands it is then, or why it stays. The
// day of passing on stands above, when that is to come.
[[nodiscard]] std::string RenderDismissal(
    const api::v1::DismissMemberResponse& reply, const PostsOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_RENDER_POSTS_H_
