//! What `require('zlib')` stands on: zlib's streams.

#![warn(missing_docs)]

mod stream;
mod zlib_handle;

deno_core::extension!(
    rtjs_zlib,
    ops = [zlib_handle::op_zlib_crc32],
    objects = [zlib_handle::ZlibHandle],
);
