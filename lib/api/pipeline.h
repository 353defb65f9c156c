// lib/api/pipeline.h: what happens to every call around its handler.
//
// Parse, find out who calls, how often and whether the role may, check the
// fields, run the handler, leave a trace in the access log, answer. Written
// once, so that no handler can forget a part of it.
//
//   pipeline.Unary<v1::GetCaseRequest>(
//       "careroute.api.v1.CaseService.GetCase",
//       [](const CallPtr& call, const v1::GetCaseRequest& request,
//          base::Done<Served> done) { ... });

#ifndef CAREROUTE_LIB_API_PIPELINE_H_
#define CAREROUTE_LIB_API_PIPELINE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/data_class_set.h"
#include "lib/api/call.h"
#include "lib/api/call_limits.h"
#include "lib/api/method_table.h"
#include "lib/api/request_check.h"
#include "lib/base/callback.h"
#include "lib/engine/engine.h"
#include "lib/engine/peer_desk.h"

namespace careroute::api {

// What a handler answers: the response, and what the access log says of it.
struct Served {
  std::string bytes;
  // Names of what was shown or changed.
  std::vector<std::string> resources;
  // Classes of data in the response.
  access::DataClassSet classes;
};

// Says who calls, from what a door handed in; a refusal when nobody can tell.
class ActorSource {
 public:
  virtual ~ActorSource() = default;
  // Whether the call brings what this source goes by.
  [[nodiscard]] virtual bool Judges(const Call& /*call*/) const { return true; }
  [[nodiscard]] virtual absl::StatusOr<model::v1::Actor> ActorOf(
      const Call& call) const = 0;
};

// Fills the table while the hub starts; afterwards everything is const and
// thread-safe. Everything handed in must outlive it.
class Pipeline {
 public:
  struct Options {
    engine::Engine& engine;
    const ActorSource& actors;
    MethodTable& table;
    // The other hubs; null = this one exchanges with none.
    engine::PeerDesk* peers = nullptr;
    // Null = callers may call as often as they like.
    CallLimits* limits = nullptr;
  };
  explicit Pipeline(const Options& options) : options_(options) {}

  template <typename Request>
  using Handler = std::function<void(
      const CallPtr& call, const Request& request, base::Done<Served> done)>;
  template <typename Request>
  using StreamingHandler = std::function<void(
      const CallPtr& call, const Request& request, StreamSinkPtr sink)>;

  template <typename Request>
  void Unary(absl::string_view method, Handler<Request> handler) {
    UnaryOf(
        method, *Request::descriptor(),
        [handler = std::move(handler)](const CallPtr& call,
                                       const google::protobuf::Message& request,
                                       base::Done<Served> done) {
          handler(call, static_cast<const Request&>(request), std::move(done));
        });
  }

  template <typename Request>
  void Stream(absl::string_view method, StreamingHandler<Request> handler) {
    StreamOf(
        method, *Request::descriptor(),
        [handler = std::move(handler)](const CallPtr& call,
                                       const google::protobuf::Message& request,
                                       StreamSinkPtr sink) {
          handler(call, static_cast<const Request&>(request), std::move(sink));
        });
  }

  // For methods handled alike by reflection.
  using AnyHandler = Handler<google::protobuf::Message>;
  using AnyStreamingHandler = StreamingHandler<google::protobuf::Message>;
  void UnaryOf(absl::string_view method,
               const google::protobuf::Descriptor& request, AnyHandler handler);
  void StreamOf(absl::string_view method,
                const google::protobuf::Descriptor& request,
                AnyStreamingHandler handler);

  [[nodiscard]] engine::Engine& engine() const { return options_.engine; }
  [[nodiscard]] engine::PeerDesk* peers() const { return options_.peers; }

 private:
  using MessagePtr = std::shared_ptr<google::protobuf::Message>;

  // Parsed, checked, and the caller known and allowed.
  [[nodiscard]] absl::StatusOr<MessagePtr> Admit(
      const CallPtr& call, const google::protobuf::Descriptor& request,
      const std::string& bytes) const;
  void Log(const CallPtr& call, absl::StatusOr<Served> served,
           base::Done<std::string> done) const;

  Options options_;
  RequestCheck check_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_PIPELINE_H_
