const text = `
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjogMywgInNvdXJjZXMiOiBbIm9yaWdpbmFsLnRzIl0sICJuYW1lcyI6IFtdLCAibWFwcGluZ3MiOiAiQUFLQSxBQUFBO0FBS0EifQ==
`;
throw new Error(typeof text);
