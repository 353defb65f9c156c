// lib/api/post_methods.h: the posts of many cases at once.

#ifndef CAREROUTE_LIB_API_POST_METHODS_H_
#define CAREROUTE_LIB_API_POST_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// HandOverCases and AcceptPosts of CaseService.
void AddPostMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_POST_METHODS_H_
