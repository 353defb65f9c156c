#include "tests/bench/echo_server.h"

#include "lib/base/check.h"

namespace careroute::bench {
namespace {

// Deletes itself when the call is over, as gRPC's reactors do.
class Answer final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Answer(const grpc::ByteBuffer& reply) : reply_(reply) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (ok) {
      StartWriteAndFinish(&reply_, {}, grpc::Status::OK);
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer request_;
  const grpc::ByteBuffer reply_;
};

}  // namespace

EchoServer::Service::Service(const std::string& reply) {
  const grpc::Slice slice(reply);
  reply_ = grpc::ByteBuffer(&slice, 1);
}

grpc::ServerGenericBidiReactor* EchoServer::Service::CreateReactor(
    grpc::GenericCallbackServerContext*) {
  return new Answer(reply_);
}

EchoServer::EchoServer(
    const std::string& reply,
    const std::shared_ptr<grpc::ServerCredentials>& credentials)
    : service_(reply) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", credentials, &port_);
  builder.RegisterCallbackGenericService(&service_);
  server_ = builder.BuildAndStart();
  CAREROUTE_CHECK(server_ != nullptr && port_ != 0);
}

EchoServer::~EchoServer() { server_->Shutdown(); }

}  // namespace careroute::bench
