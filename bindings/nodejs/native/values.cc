#include "bindings/nodejs/native/values.h"

#include <cstring>

namespace careroute::nodejs {
namespace {

void ThrowType(Napi::Env env, const char* text) {
  // The first one is told; a second would end the process.
  if (env.IsExceptionPending()) return;
  Napi::TypeError::New(env, text).ThrowAsJavaScriptException();
}

const Caller* CallerIn(const Napi::Value& external) {
  return HandleIn<Caller>(external);
}

}  // namespace

careroute_bytes BorrowedBytes(const Napi::Value& array) {
  if (!array.IsTypedArray() ||
      array.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    ThrowType(array.Env(), "bytes are a Uint8Array");
    return {};
  }
  const auto bytes = array.As<Napi::Uint8Array>();
  return {bytes.Data(), bytes.ByteLength()};
}

std::string BytesOf(const Napi::Value& array) {
  const careroute_bytes bytes = BorrowedBytes(array);
  if (bytes.size == 0) return "";
  return {static_cast<const char*>(bytes.data), bytes.size};
}

std::string TextOf(const Napi::Value& text) {
  if (!text.IsString()) {
    ThrowType(text.Env(), "a name is a string");
    return "";
  }
  return text.As<Napi::String>().Utf8Value();
}

uint32_t IdOf(const Napi::Value& id) {
  return id.As<Napi::Number>().Uint32Value();
}

int64_t MicrosecondsOf(const Napi::Value& number) {
  return number.As<Napi::Number>().Int64Value();
}

Napi::Uint8Array CopyOf(Napi::Env env, careroute_bytes bytes) {
  Napi::Uint8Array copy = Napi::Uint8Array::New(env, bytes.size);
  // Empty also in a thread that is being ended: nobody hears it any more.
  if (copy.IsEmpty() || bytes.size == 0) return copy;
  std::memcpy(copy.Data(), bytes.data, bytes.size);
  return copy;
}

Napi::Value Throw(Napi::Env env, careroute_result& result) {
  const std::string message(static_cast<const char*>(result.message.data),
                            result.message.size);
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("status", Napi::Number::New(env, result.code));
  error.Set("details", CopyOf(env, result.details));
  careroute_result_free(&result);
  error.ThrowAsJavaScriptException();
  return env.Undefined();
}

std::vector<careroute_pair> PairsOf(const std::vector<std::string>& texts) {
  std::vector<careroute_pair> pairs;
  for (size_t i = 0; i + 1 < texts.size(); i += 2) {
    pairs.push_back({.key = View(texts[i]), .value = View(texts[i + 1])});
  }
  return pairs;
}

Request::Request(const Napi::CallbackInfo& info, size_t first)
    : method_(TextOf(info[first])) {
  request_.method = View(method_);
  request_.body = BorrowedBytes(info[first + 1]);
  if (const Caller* caller = CallerIn(info[first + 2])) {
    request_.metadata = caller->pairs.data();
    request_.metadata_count = caller->pairs.size();
  }
  request_.timeout_us = MicrosecondsOf(info[first + 3]);
}

OwnRequest::OwnRequest(const Napi::CallbackInfo& info, size_t first)
    : method(TextOf(info[first])),
      body(BytesOf(info[first + 1])),
      timeout_us(MicrosecondsOf(info[first + 3])) {
  if (const Caller* caller = CallerIn(info[first + 2])) texts = caller->texts;
}

}  // namespace careroute::nodejs
